package dev.maar.jig;

/**
 * What the operations since {@link Jig#setUp} produced; equal on both sides or the sides do not do the same thing.
 *
 * @param delivered how many messages (or results) arrived
 * @param checksum a hash over their contents, in a form of the jig's choosing
 */
public record Check(long delivered, String checksum) {

    /**
     * A check.
     *
     * @param delivered how many messages arrived
     * @param checksum a hash over their contents
     * @return the check
     */
    public static Check of(final long delivered, final String checksum) {
        return new Check(delivered, checksum);
    }

    /**
     * A check whose checksum is a number; written in hexadecimal.
     *
     * @param delivered how many messages arrived
     * @param checksum a hash over their contents
     * @return the check
     */
    public static Check of(final long delivered, final long checksum) {
        return new Check(delivered, Long.toHexString(checksum));
    }
}
