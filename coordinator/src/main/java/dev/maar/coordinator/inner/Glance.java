package dev.maar.coordinator.inner;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.maar.agent.stats.HodgesLehmann;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What the first pairs of a screen look like, before the first look that may decide anything. It decides nothing either: the pairs count for
 * the look whatever it says, and its words say that it is no verdict. Immutable.
 *
 * @param looks what it looks like
 * @param change the estimate of b/a - 1, as a share
 * @param pairs each pair's b/a - 1, as a share, in the order in which they were run
 */
public record Glance(Looks looks, double change, List<Double> pairs) {

    /** Copies the list. */
    public Glance {
        pairs = List.copyOf(pairs);
    }

    /** What pairs look like. */
    public enum Looks {
        /** All pairs lie on the slower side, and the estimate reaches the threshold. */
        SLOWER,
        /** All pairs lie on the faster side, and the estimate reaches the threshold. */
        FASTER,
        /** No pair reaches the threshold. */
        UNCHANGED,
        /** Anything else. */
        UNCLEAR;

        /**
         * The name as it is written everywhere.
         *
         * @return for example {@code slower}
         */
        @JsonValue
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Looks at pairs of a metric for which lower is better.
     *
     * @param effects ln(b/a) of each pair; at least one
     * @param threshold m as ln(b/a)
     * @return what they look like
     */
    public static Glance at(final double[] effects, final double threshold) {
        final double estimate = HodgesLehmann.of(effects);
        return new Glance(
                looks(effects, estimate, threshold),
                Math.expm1(estimate),
                Arrays.stream(effects).map(Math::expm1).boxed().toList());
    }

    private static Looks looks(final double[] effects, final double estimate, final double threshold) {
        if (Arrays.stream(effects).allMatch(effect -> effect > 0) && estimate >= threshold) {
            return Looks.SLOWER;
        }
        if (Arrays.stream(effects).allMatch(effect -> effect < 0) && estimate <= -threshold) {
            return Looks.FASTER;
        }
        return Arrays.stream(effects).allMatch(effect -> Math.abs(effect) < threshold)
                ? Looks.UNCHANGED
                : Looks.UNCLEAR;
    }

    /**
     * In words.
     *
     * @return for example {@code looks slower, +10.2 % (no verdict yet; pairs +9.8, +10.6)}
     */
    public String words() {
        final String what = looks == Looks.UNCLEAR ? "not clear yet" : "looks " + looks.label();
        final List<String> each = pairs.stream()
                .map(pair -> String.format(Locale.ROOT, "%+.1f", 100 * pair))
                .toList();
        return String.format(
                Locale.ROOT, "%s, %+.1f %% (no verdict yet; pairs %s)", what, 100 * change, String.join(", ", each));
    }
}
