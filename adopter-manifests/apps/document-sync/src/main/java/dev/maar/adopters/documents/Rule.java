package dev.maar.adopters.documents;

/**
 * What one team may do with a range of rows.
 *
 * @param team the team, counting from 0; {@link #EVERYBODY} for all of them
 * @param from the first row
 * @param until the row after the last one
 * @param access what the team may do
 */
public record Rule(int team, int from, int until, Access access) {

    /** Stands for every team. */
    public static final int EVERYBODY = -1;

    /** Refuses a range that holds no row. */
    public Rule {
        if (from < 0 || until <= from) {
            throw new IllegalArgumentException("a rule is for rows from 0 on, not from " + from + " until " + until);
        }
    }

    boolean covers(final int asking, final int row) {
        return (team == EVERYBODY || team == asking) && row >= from && row < until;
    }
}
