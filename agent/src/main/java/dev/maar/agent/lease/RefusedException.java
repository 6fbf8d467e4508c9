package dev.maar.agent.lease;

/** A sealed text that must not be believed. The message says why. */
public final class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Why it was refused, for counting. */
    public enum Reason {
        /** No such key, or the signature is not of that key. */
        UNSIGNED,
        /** It was good once. */
        EXPIRED,
        /** It was believed before: somebody sent it a second time. */
        REPLAYED,
        /** A result that came after its job had been given to somebody else. */
        STALE,
        /** Larger than anything that is sent honestly. */
        OVERSIZED,
        /** Well signed, but not what it says it is. */
        MALFORMED
    }

    private final Reason reason;

    /**
     * A refusal.
     *
     * @param reason why, for counting
     * @param message why, for people
     */
    public RefusedException(final Reason reason, final String message) {
        super(message);
        this.reason = reason;
    }

    /**
     * Why.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }
}
