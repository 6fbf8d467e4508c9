package dev.maar.coordinator.manifest;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Finds what a user may have meant by a name that is not known. Pure functions. */
final class NearMatch {

    private static final int SHOWN = 8;

    private NearMatch() {}

    /**
     * What to do about an unknown name.
     *
     * @param unknown the name that was given
     * @param known the names there are
     * @param list how the list of known names begins, for example {@code there is}
     * @return {@code did you mean 'x'?}, or the known names, the first eight of them
     */
    static String hint(final String unknown, final Collection<String> known, final String list) {
        final List<String> near = near(unknown, known);
        if (!near.isEmpty()) {
            return "did you mean " + near.stream().map(name -> "'" + name + "'").collect(Collectors.joining(" or "))
                    + "?";
        }
        if (known.isEmpty()) {
            return list + " none";
        }
        final String first = known.stream().sorted().limit(SHOWN).collect(Collectors.joining(", "));
        final int more = known.size() - SHOWN;
        return list + " " + first + (more > 0 ? " and " + more + " more" : "");
    }

    /**
     * The known names that are near a name: few edits apart, or one beginning with the other.
     *
     * @param unknown the name that was given
     * @param known the names there are
     * @return at most three, the nearest first
     */
    static List<String> near(final String unknown, final Collection<String> known) {
        final String wanted = unknown.toLowerCase(Locale.ROOT);
        final int most = Math.max(1, wanted.length() / 3);
        return known.stream()
                .filter(name -> distance(wanted, name.toLowerCase(Locale.ROOT)) <= most
                        || (wanted.length() >= 3
                                && name.toLowerCase(Locale.ROOT).startsWith(wanted)))
                .sorted(Comparator.<String>comparingInt(name -> distance(wanted, name.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(3)
                .toList();
    }

    /** Edits between two texts, a swap of neighbours counting one (optimal string alignment). */
    private static int distance(final String left, final String right) {
        final int[][] edits = new int[left.length() + 1][right.length() + 1];
        for (int i = 0; i <= left.length(); i++) {
            for (int j = 0; j <= right.length(); j++) {
                edits[i][j] = i == 0 || j == 0 ? i + j : nearest(edits, left, right, i, j);
            }
        }
        return edits[left.length()][right.length()];
    }

    private static int nearest(final int[][] edits, final String left, final String right, final int i, final int j) {
        final int change = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
        int best = Math.min(edits[i - 1][j - 1] + change, Math.min(edits[i - 1][j], edits[i][j - 1]) + 1);
        if (i > 1 && j > 1 && left.charAt(i - 1) == right.charAt(j - 2) && left.charAt(i - 2) == right.charAt(j - 1)) {
            best = Math.min(best, edits[i - 2][j - 2] + 1);
        }
        return best;
    }
}
