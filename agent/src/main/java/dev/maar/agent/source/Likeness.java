package dev.maar.agent.source;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Which known names a mistyped one may have meant. Pure functions. */
final class Likeness {

    private static final int SHOWN = 5;

    private Likeness() {}

    /** A sentence that names what looks alike, ending in a space; empty when nothing does. */
    static String hint(final String wanted, final List<String> known) {
        final String plain = wanted.toLowerCase(Locale.ROOT);
        final List<String> alike = known.stream()
                .filter(name -> isAlike(plain, name.toLowerCase(Locale.ROOT)))
                .sorted(Comparator.comparingInt(name -> distance(plain, name.toLowerCase(Locale.ROOT))))
                .limit(SHOWN)
                .toList();
        return alike.isEmpty() ? "" : "These look alike: " + String.join(", ", alike) + ". ";
    }

    private static boolean isAlike(final String wanted, final String name) {
        return name.contains(wanted)
                || wanted.contains(name)
                || distance(wanted, name) <= Math.max(1, wanted.length() / 3);
    }

    /** The edit distance of Levenshtein. */
    static int distance(final String a, final String b) {
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            final int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                final int change = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, Math.min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        return above[b.length()];
    }
}
