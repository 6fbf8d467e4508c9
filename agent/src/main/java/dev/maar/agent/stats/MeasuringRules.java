package dev.maar.agent.stats;

import java.util.List;

/**
 * Every constant of the decision, with its default; a report records the rules it was judged by. The floors of the threshold belong to the
 * metrics ({@link Metric}). Immutable.
 *
 * @param confidence the confidence of the published interval; default 0.90
 * @param candidateShare the share of the threshold m that a candidate's estimate reaches; default 1/2
 * @param screen the looks of the screen with the one-sided p that makes a candidate; default 0.10 at 8 pairs, 0.05 at 16
 * @param nullShare the share of the threshold up to which an effect belongs to the null hypothesis of the confirmation; default 1/3
 * @param confirm the looks of the confirmation with the share of its error that each may spend; default 0.6 at 16 pairs, 0.4 at 32. The shares
 *     add up to at most 1, so the least of p/share over the looks is a p-value again (Bonferroni)
 * @param earlyLevel the p-value that confirms at a look before the last one; default 0.01. Stricter, as a cell is only decided when its q will hold
 *     beside the experiment's other candidates, which are not known yet
 * @param confirmLevel the p-value that confirms at the last look; default 0.01. At 0.05, and with 0.10 in the screen, one of a hundred cells that are far
 *     noisier than the threshold would be called changed with equal sides, and a run has many
 * @param discoveryRate the false discovery rate over an experiment's candidates; default 0.05
 * @param calibrationFactor how far the threshold stays above the noise; default 1.3
 * @param calibrationQuantile which quantile of the A/A cells' |HL| is the noise; default 0.95
 * @param calibrationCells how many A/A cells a threshold under the uncalibrated one takes; default 20, the fewest of which 5 % is one
 * @param agentsLevel Cochran's p from which agents disagree; default 0.01
 * @param agentsShare how far apart, in thresholds, the agents' estimates must be as well: less is no difference that matters; default 1
 * @param agentsLeastPairs the pairs that an agent's own estimate takes to be compared; default 5, the fewest with a 90 % interval
 * @param secondaryShare the share of the threshold that the estimate of a candidate reaches whose metric is not the primary one; default 1
 * @param secondaryLevel the one-sided p that makes such a candidate, at each look; default 0.01. Stricter, as there are several such metrics a case,
 *     most are noisier than the primary one, and each candidate costs as many fresh pairs
 */
public record MeasuringRules(
        double confidence,
        double candidateShare,
        List<Look> screen,
        double nullShare,
        List<Look> confirm,
        double earlyLevel,
        double confirmLevel,
        double discoveryRate,
        double calibrationFactor,
        double calibrationQuantile,
        int calibrationCells,
        double agentsLevel,
        double agentsShare,
        int agentsLeastPairs,
        double secondaryShare,
        double secondaryLevel) {

    private static final List<Look> SCREEN = List.of(new Look(8, 0.10), new Look(16, 0.05));

    /**
     * One scheduled look at a phase's pairs.
     *
     * @param pairs how many pairs it looks at, the first ones of the phase
     * @param level in the screen the p that makes a candidate, in the confirmation the share of its error
     */
    public record Look(int pairs, double level) {

        /** Checks. */
        public Look {
            if (pairs < 1 || !(level > 0 && level <= 1)) {
                throw new IllegalArgumentException("a look has " + pairs + " pairs and level " + level
                        + "; it needs a pair and a level above 0 up to 1");
            }
        }
    }

    /** Checks the looks: some in each phase, growing, and no more error shared out than there is. */
    public MeasuringRules {
        screen = List.copyOf(screen);
        confirm = List.copyOf(confirm);
        requireGrowing("screen", screen);
        requireGrowing("confirm", confirm);
        // The shares are decimal fractions, whose sum may be off by a rounding.
        if (confirm.stream().mapToDouble(Look::level).sum() > 1 + 1e-9) {
            throw new IllegalArgumentException("the looks of the confirmation share out more than 1: " + confirm);
        }
    }

    private static void requireGrowing(final String phase, final List<Look> looks) {
        int before = 0;
        for (final Look look : looks) {
            if (look.pairs <= before) {
                throw new IllegalArgumentException(
                        "the looks of phase " + phase + " must be at ever more pairs, and are " + looks);
            }
            before = look.pairs;
        }
        if (looks.isEmpty()) {
            throw new IllegalArgumentException("phase " + phase + " has no look; it needs at least one");
        }
    }

    /**
     * The method's own rules.
     *
     * @return screen at 8 and 16 pairs, confirmation at 16 and 32
     */
    public static MeasuringRules standard() {
        return of(SCREEN, List.of(new Look(16, 0.6), new Look(32, 0.4)));
    }

    /**
     * For a first answer: what is not clear early stays undecided. A candidate has to be clearer than by the method's own rules, as each
     * costs up to twice the pairs of the screen: with 0.10, two or three of eight noisy cells were candidates in runs without a change.
     *
     * @return screen at 8 pairs with p at most 0.02, confirmation at 8 and 16
     */
    public static MeasuringRules quick() {
        return of(List.of(new Look(8, 0.02)), List.of(new Look(8, 0.6), new Look(16, 0.4)));
    }

    private static MeasuringRules of(final List<Look> screen, final List<Look> confirm) {
        return new MeasuringRules(
                0.90, 0.5, screen, 1.0 / 3, confirm, 0.01, 0.01, 0.05, 1.3, 0.95, 20, 0.01, 1, 5, 1, 0.01);
    }

    /**
     * The rules for a metric that is not the primary one. Only what makes a candidate differs; it is confirmed the same way.
     *
     * @return the rules
     */
    public MeasuringRules secondary() {
        return new MeasuringRules(
                confidence,
                secondaryShare,
                screen.stream()
                        .map(look -> new Look(look.pairs(), Math.min(look.level(), secondaryLevel)))
                        .toList(),
                nullShare,
                confirm,
                earlyLevel,
                confirmLevel,
                discoveryRate,
                calibrationFactor,
                calibrationQuantile,
                calibrationCells,
                agentsLevel,
                agentsShare,
                agentsLeastPairs,
                secondaryShare,
                secondaryLevel);
    }
}
