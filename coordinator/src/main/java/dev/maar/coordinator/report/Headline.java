package dev.maar.coordinator.report;

import dev.maar.agent.job.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The first thing a report says: what was found, and the action it asks for.
 *
 * @param verdict the verdict in one word, upper case in the terminal
 * @param finding what was found, in one sentence
 * @param action what to do, in one sentence
 * @param tone how to take it
 */
record Headline(String verdict, String finding, String action, Tone tone) {

    private static final int NAMES = 3;
    private static final Set<Verdict> WORSE = EnumSet.of(Verdict.MISMATCH, Verdict.REGRESSED, Verdict.BROKEN);

    /**
     * The headline of a report.
     *
     * @param report the report
     * @return the headline
     */
    static Headline of(final Report report) {
        final Headline found = withCoverage(ofVerdict(report), report.summary());
        return switch (report.experiment().status()) {
            case FAILED ->
                new Headline(
                        "failed",
                        "The experiment failed and has no verdict.",
                        report.notes().isEmpty()
                                ? "Run it again."
                                : PlainText.line(report.notes().get(0), 300),
                        Tone.CAUTION);
            case ABORTED ->
                new Headline(
                        "aborted, " + found.verdict(),
                        "Stopped early. Until then: " + found.finding(),
                        found.tone() == Tone.BAD ? found.action() : "Run it again for a verdict.",
                        found.tone() == Tone.BAD ? Tone.BAD : Tone.CAUTION);
            case COMPLETED -> found.mistrusted(report.trust());
        };
    }

    /** Nothing is green while adopters were not judged. */
    private static Headline withCoverage(final Headline found, final Report.Summary summary) {
        final int not = summary.adopters() - summary.decided();
        if (found.tone() != Tone.GOOD || not == 0) {
            return found;
        }
        return new Headline(
                found.verdict(),
                found.finding(),
                "Nothing to do for what was judged; " + Numbers.counted(not, "adopter") + " not decided, see below.",
                Tone.CAUTION);
    }

    private Headline mistrusted(final Report.Trust trust) {
        if (Trustworthiness.of(trust).controlsHold()) {
            return this;
        }
        final String warning = trust.aaFlagged() > 0
                ? "A control failed, so no timing here can be trusted: run it again on a quiet machine. "
                        + "Builds and tests are not affected."
                : "A known slowdown was missed, so this run can not see changes of that size: "
                        + "give it a larger budget or a quieter machine.";
        return tone == Tone.BAD
                ? new Headline(verdict, finding, action + " " + warning, tone)
                : new Headline(verdict, finding, warning, Tone.CAUTION);
    }

    private static Headline ofVerdict(final Report report) {
        final Verdict verdict = report.summary().verdict();
        final String who = who(report, verdict);
        return switch (verdict) {
            case MISMATCH, REGRESSED, BROKEN -> worse(report);
            case ERROR ->
                headline(
                        verdict,
                        "No verdict for " + who + ": errors.",
                        "Mend what failed, listed below, and run it again.");
            case SUSPECT ->
                headline(
                        verdict,
                        "Nothing is confirmed, but " + who + " may have changed.",
                        "Measure those again before relying on this.");
            case FLAKY ->
                headline(
                        verdict,
                        "Nothing regressed; tests of " + who + " do not end the same way twice.",
                        "Nothing to do for this change; the flaky tests need a look.");
            case INCONCLUSIVE ->
                headline(
                        verdict,
                        "Nothing regressed where it could be told; too noisy to tell for " + who + ".",
                        "Give it a larger budget or a quieter machine to decide the rest.");
            case STILL_FAILING ->
                headline(
                        verdict,
                        "Nothing regressed; " + who + " fails on both sides.",
                        "Nothing to do for this change.");
            case FIXED -> headline(verdict, "Nothing regressed; " + who + " works again.", "Nothing to do.");
            case IMPROVED -> headline(verdict, "Nothing regressed; " + who + " got better.", "Nothing to do.");
            case UNCHANGED -> headline(verdict, "Nothing regressed: " + who + " unchanged.", "Nothing to do.");
            case SKIPPED ->
                headline(
                        verdict,
                        "Nothing was judged.",
                        "Check the selection of adopters, stages, transports and sizes, and run it again.");
        };
    }

    private static Headline headline(final Verdict verdict, final String finding, final String action) {
        final Tone tone = verdict == Verdict.SKIPPED ? Tone.CAUTION : Tone.of(verdict);
        return new Headline(verdict.label(), finding, action, tone);
    }

    private static Headline worse(final Report report) {
        final List<AdopterReport> adopters = report.adopters().stream()
                .filter(adopter -> WORSE.contains(adopter.verdict()))
                .sorted(Comparator.comparing(AdopterReport::verdict))
                .toList();
        final List<String> kinds = new ArrayList<>();
        add(kinds, adopters, "results", adopter -> hasCell(adopter, Verdict.MISMATCH));
        add(kinds, adopters, "builds", adopter -> WORSE.contains(adopter.build().verdict()));
        add(kinds, adopters, "tests", adopter -> WORSE.contains(adopter.test().verdict()));
        add(kinds, adopters, "crashes", adopter -> hasCell(adopter, Verdict.BROKEN));
        add(kinds, adopters, "measurements", adopter -> hasCell(adopter, Verdict.REGRESSED));
        final Verdict verdict = report.summary().verdict();
        final String action = verdict == Verdict.MISMATCH
                ? "Do not merge: the sides do not produce the same thing."
                : "Look at these before merging.";
        final String what = switch (kinds.size()) {
            case 0 -> "";
            case 1 -> " (" + kinds.get(0).replaceAll(" \\d+$", "") + ")";
            default -> " (" + String.join(", ", kinds) + ")";
        };
        return new Headline(
                verdict.label(),
                adopters.size() + " of " + Numbers.counted(report.adopters().size(), "adopter") + " got worse" + what
                        + ": " + names(adopters) + ".",
                action,
                Tone.BAD);
    }

    private static void add(
            final List<String> kinds,
            final List<AdopterReport> adopters,
            final String kind,
            final Predicate<AdopterReport> has) {
        final long count = adopters.stream().filter(has).count();
        if (count > 0) {
            kinds.add(kind + " " + count);
        }
    }

    private static boolean hasCell(final AdopterReport adopter, final Verdict verdict) {
        return adopter.cells().stream().anyMatch(cell -> cell.verdict() == verdict);
    }

    private static String who(final Report report, final Verdict verdict) {
        final List<AdopterReport> adopters = report.adopters().stream()
                .filter(adopter -> adopter.verdict() == verdict)
                .toList();
        if (adopters.size() == report.adopters().size() && adopters.size() > 1) {
            return "all " + Numbers.counted(adopters.size(), "adopter");
        }
        return adopters.size() + " of " + Numbers.counted(report.adopters().size(), "adopter") + " (" + names(adopters)
                + ")";
    }

    private static String names(final List<AdopterReport> adopters) {
        final List<String> names = adopters.stream()
                .limit(NAMES)
                .map(adopter -> PlainText.line(adopter.name(), 64))
                .toList();
        final int more = adopters.size() - NAMES;
        return String.join(", ", names) + (more > 0 ? " and " + more + " more" : "");
    }
}
