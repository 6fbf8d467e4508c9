package dev.maar.adopters.documents;

import java.util.List;

/**
 * Who may do what with which row: the first rule that covers team and row decides, and where none does nothing is allowed.
 *
 * @param list the rules, the special before the general
 */
public record Rules(List<Rule> list) {

    /** Copies the list. */
    public Rules {
        list = List.copyOf(list);
    }

    /**
     * What a team may do with a row.
     *
     * @param team the team
     * @param row the row
     * @return what the first rule says that covers both
     */
    public Access access(final int team, final int row) {
        // By index: an iterator for each request would be the server's only garbage.
        for (int i = 0; i < list.size(); i++) {
            final Rule rule = list.get(i);
            if (rule.covers(team, row)) {
                return rule.access();
            }
        }
        return Access.NONE;
    }
}
