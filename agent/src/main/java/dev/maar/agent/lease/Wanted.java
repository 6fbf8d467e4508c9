package dev.maar.agent.lease;

/**
 * An agent asks for a portion of a pack of sources that a job names. Travels as sealed JSON.
 *
 * @param sha256 the pack's hash
 * @param offset from where on, in bytes
 * @param length how many bytes at most
 */
public record Wanted(String sha256, long offset, int length) {

    /** How many bytes may be asked for at once: 512 KiB. */
    public static final int MOST = 512 << 10;
}
