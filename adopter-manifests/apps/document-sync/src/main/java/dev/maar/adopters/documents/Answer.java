package dev.maar.adopters.documents;

/**
 * What the server says to a request.
 *
 * @param client who had asked
 * @param number the number of its request
 * @param outcome what came of it
 * @param row the row as the server has it now; without revision and text for those who may not read it
 */
public record Answer(int client, long number, Outcome outcome, Row row) {

    /** What can come of a request. */
    public enum Outcome {
        /** It was done: read, or changed. */
        DONE,
        /** Somebody else has changed the row since; nothing was done, and the answer has the row as it is. */
        STALE,
        /** The rules do not allow it, or there is no such row. */
        DENIED
    }
}
