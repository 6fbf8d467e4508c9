package dev.maar.coordinator.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What an experiment's checks of itself say, line by line.
 *
 * @param lines the lines
 * @param controlsHold whether no control failed
 */
record Trustworthiness(List<Line> lines, boolean controlsHold) {

    /** Copies the list. */
    Trustworthiness {
        lines = List.copyOf(lines);
    }

    /**
     * One check.
     *
     * @param name what was checked
     * @param value what came out
     * @param meaning how to read it
     * @param tone how to take it
     */
    record Line(String name, String value, String meaning, Tone tone) {}

    /**
     * Reads the checks.
     *
     * @param trust the checks
     * @return the lines
     */
    static Trustworthiness of(final Report.Trust trust) {
        final List<Line> lines = new ArrayList<>();
        lines.add(aa(trust));
        lines.add(positive(trust));
        lines.add(pairs(trust));
        lines.add(resolution(trust.resolution()));
        lines.add(cost(trust.cost()));
        lines.add(new Line(
                "Expected false alarms",
                Numbers.fixed(trust.expectedFalseDiscoveries(), 2),
                "how many of the regressions and improvements of measurements are expected to be chance",
                Tone.PLAIN));
        final boolean hold = trust.aaFlagged() == 0 && trust.positiveControlsFound() >= trust.positiveControls();
        return new Trustworthiness(lines, hold);
    }

    private static Line pairs(final Report.Trust trust) {
        final String reasons = trust.rerunReasons().entrySet().stream()
                .map(entry -> PlainText.line(entry.getKey(), 60) + " " + entry.getValue())
                .collect(Collectors.joining(", "));
        final String rerun = trust.pairsRerun() == 0
                ? "none was run again"
                : trust.pairsRerun() + " run again because the machine disturbed them"
                        + (reasons.isEmpty() ? "" : ": " + reasons);
        final String disturbed = trust.pairsDisturbed() == 0
                ? ""
                : "; " + trust.pairsDisturbed() + " more count although it did, as no more may be run again";
        return new Line("Live pairs", Numbers.fixed(trust.pairs(), 0), rerun + disturbed, Tone.PLAIN);
    }

    private static Line resolution(final Report.Resolution resolution) {
        return resolution.cells() == 0
                ? new Line("Resolution", "none", "no time was judged", Tone.PLAIN)
                : new Line(
                        "Resolution",
                        percent(resolution.half()),
                        "half of the times can see a change of that size, nine in ten one of "
                                + percent(resolution.most()),
                        Tone.PLAIN);
    }

    private static Line cost(final Report.Cost cost) {
        final double all = cost.total();
        final String parts = all == 0
                ? ""
                : share(cost.measuring(), all) + " measuring, " + share(cost.warmUp(), all) + " warming up, "
                        + share(cost.start(), all) + " starting, " + share(cost.waiting(), all)
                        + " waiting for a quiet machine; the controls took " + seconds(cost.controls())
                        + ", pairs that were run again " + seconds(cost.rerun());
        return new Line("Time of the pairs", seconds(all), parts, Tone.PLAIN);
    }

    private static String share(final double part, final double all) {
        return Numbers.fixed(100 * part / all, 0) + " %";
    }

    private static String seconds(final double seconds) {
        return Numbers.fixed(seconds, 0) + " s";
    }

    private static String percent(final double share) {
        return Numbers.fixed(100 * share, 1) + " %";
    }

    private static Line aa(final Report.Trust trust) {
        final String value = trust.aaFlagged() + "/" + trust.aaCells();
        if (trust.aaCells() == 0) {
            return new Line("A/A control", "none", "no identical sides were compared in this run", Tone.PLAIN);
        }
        return trust.aaFlagged() == 0
                ? new Line("A/A control", value, "identical sides, measured blindly: none was flagged", Tone.GOOD)
                : new Line("A/A control", value, "identical sides were flagged: do not trust the timings", Tone.BAD);
    }

    private static Line positive(final Report.Trust trust) {
        final String value = trust.positiveControlsFound() + "/" + trust.positiveControls();
        final String size =
                Double.isNaN(trust.positiveControlSize()) ? "" : " of " + percent(trust.positiveControlSize());
        if (trust.positiveControls() == 0) {
            return new Line("Positive control", "none", "no known slowdown was put in", Tone.PLAIN);
        }
        return trust.positiveControlsFound() >= trust.positiveControls()
                ? new Line("Positive control", value, "a known slowdown" + size + " was found", Tone.GOOD)
                : new Line(
                        "Positive control",
                        value,
                        "a known slowdown" + size
                                + " was missed: this run can not see changes of that size, so do not trust"
                                + " 'unchanged'",
                        Tone.BAD);
    }

    /**
     * The checks in one line.
     *
     * @param trust the checks
     * @return for example {@code A/A control 0/12, positive control 1/1, 480 live pairs, 3 run again, half of the times can see 1.5 %}
     */
    static String inOneLine(final Report.Trust trust) {
        final String controls =
                "A/A control " + inOneWord(aa(trust)) + ", positive control " + inOneWord(positive(trust));
        final String pairs = Numbers.counted(trust.pairs(), "live pair") + ", " + trust.pairsRerun() + " run again";
        return controls + ", " + pairs
                + (trust.resolution().cells() == 0
                        ? ""
                        : ", half of the times can see "
                                + percent(trust.resolution().half()));
    }

    private static String inOneWord(final Line line) {
        return line.value() + (line.tone() == Tone.BAD ? " (failed)" : "");
    }
}
