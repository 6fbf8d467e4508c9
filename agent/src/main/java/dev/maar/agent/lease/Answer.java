package dev.maar.agent.lease;

/**
 * What a coordinator answers an agent. A Compact record.
 *
 * @param code one of the codes here
 * @param detail for people; may be empty
 */
public record Answer(String code, String detail) {

    /** A result counts now, and is on disk. */
    public static final String RECORDED = "RECORDED";
    /** This result counts already. */
    public static final String DUPLICATE = "DUPLICATE";
    /** The job was given to somebody else: the result does not count. */
    public static final String STALE = "STALE";
    /** The agent may work here. */
    public static final String WELCOME = "WELCOME";
    /** The agent's Maar is of another version: it gets no job. */
    public static final String OTHER_VERSION = "OTHER_VERSION";
    /** The detail is what was asked for, in Base64; who gets it checks the whole by its hash. */
    public static final String PORTION = "PORTION";
    /** There is no such content here. */
    public static final String UNKNOWN = "UNKNOWN";
    /** It was not believed. */
    public static final String REFUSED = "REFUSED";
    /** The coordinator can not do it now, such as when its disk is full; ask again. */
    public static final String LATER = "LATER";

    /** Whether a result that was answered so need not be kept any longer. */
    boolean settles() {
        return code.equals(RECORDED) || code.equals(DUPLICATE) || code.equals(STALE);
    }
}
