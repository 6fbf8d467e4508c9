package dev.maar.agent.profile;

import dev.maar.agent.job.Both;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** What moved between the profiles of two sides, in at most ten lines. Pure functions. */
public final class ProfileDifference {

    private static final int METHODS = 5;
    private static final int ALLOCATIONS = 3;
    private static final int LOCKS = 1;
    /** A share that moved by less says nothing: with 500 samples, one of 10 % wavers by 1.3 %. */
    private static final double LEAST_SHARE = 0.02;

    private ProfileDifference() {}

    /**
     * Names what moved, the most first.
     *
     * @param sides both sides' profiles
     * @return lines for people
     */
    public static List<String> lines(final Both<Profile> sides) {
        final List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "share of samples by method, a to b (%d and %d samples)",
                sides.a().samples(),
                sides.b().samples()));
        add(lines, sides.a().methods(), sides.b().methods(), METHODS, "no method's share moved by 2 % or more");
        final long bytesA = sum(sides.a().allocations());
        final long bytesB = sum(sides.b().allocations());
        if (bytesA + bytesB > 0) {
            lines.add(String.format(Locale.ROOT, "allocated while watched: %s to %s MB", mega(bytesA), mega(bytesB)));
            add(lines, sides.a().allocations(), sides.b().allocations(), ALLOCATIONS - 1, "");
        }
        final long waitA = sum(sides.a().locks());
        final long waitB = sum(sides.b().locks());
        if (waitA + waitB > 0) {
            lines.add(String.format(Locale.ROOT, "waited for monitors: %s to %s ms", mega(waitA), mega(waitB)));
            add(lines, sides.a().locks(), sides.b().locks(), LOCKS, "");
        }
        return List.copyOf(lines);
    }

    private static String mega(final long count) {
        return String.format(Locale.ROOT, "%.1f", count / 1e6);
    }

    private static long sum(final Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private record Moved(String name, double a, double b) {
        double by() {
            return Math.abs(b - a);
        }
    }

    private static void add(
            final List<String> lines,
            final Map<String, Long> a,
            final Map<String, Long> b,
            final int most,
            final String otherwise) {
        final TreeSet<String> names = new TreeSet<>(a.keySet());
        names.addAll(b.keySet());
        final double allA = Math.max(1, sum(a));
        final double allB = Math.max(1, sum(b));
        final List<Moved> moved = names.stream()
                .map(name -> new Moved(name, a.getOrDefault(name, 0L) / allA, b.getOrDefault(name, 0L) / allB))
                .filter(one -> one.by() >= LEAST_SHARE)
                .sorted(Comparator.comparingDouble(Moved::by).reversed())
                .limit(most)
                .toList();
        moved.forEach(one -> lines.add(
                String.format(Locale.ROOT, "  %5.1f %% to %5.1f %%  %s", 100 * one.a(), 100 * one.b(), one.name())));
        if (moved.isEmpty() && !otherwise.isEmpty()) {
            lines.add("  " + otherwise);
        }
    }
}
