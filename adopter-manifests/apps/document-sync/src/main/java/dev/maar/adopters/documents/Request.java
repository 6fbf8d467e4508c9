package dev.maar.adopters.documents;

/**
 * What a client asks of the server.
 *
 * @param client who asks
 * @param team for which team
 * @param number the client's requests so far, to know its answer by
 * @param row the row that is asked for
 * @param revision the revision that a change was made to; {@link #READ} to read
 * @param text what the row is to say; empty to read
 */
record Request(int client, int team, long number, int row, int revision, String text) {

    /** In place of a revision: nothing is to be changed. */
    static final int READ = -1;

    boolean isChange() {
        return revision != READ;
    }
}
