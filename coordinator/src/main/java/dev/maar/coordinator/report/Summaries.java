package dev.maar.coordinator.report;

import dev.maar.agent.job.Verdict;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the summary of a report says, computed from its adopters. Pure functions. */
public final class Summaries {

    private Summaries() {}

    /**
     * Summarises adopters.
     *
     * @param adopters the adopters
     * @return the worst verdict, the counts, and what is not decided and why
     */
    public static Report.Summary of(final List<AdopterReport> adopters) {
        final Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
        final Map<Verdict, Integer> cellCounts = new EnumMap<>(Verdict.class);
        final Map<String, Map<Verdict, Integer>> metricCounts = new LinkedHashMap<>();
        final Map<String, List<String>> undecided = new LinkedHashMap<>();
        Verdict worst = Verdict.SKIPPED;
        int cells = 0;
        int cellsDecided = 0;
        for (final AdopterReport adopter : adopters) {
            worst = worst.worse(adopter.verdict());
            counts.merge(adopter.verdict(), 1, Integer::sum);
            for (final AdopterReport.Cell cell : adopter.cells()) {
                if (!cell.ofPrimaryMetric()) {
                    metricCounts
                            .computeIfAbsent(cell.metric(), metric -> new EnumMap<>(Verdict.class))
                            .merge(cell.verdict(), 1, Integer::sum);
                    continue;
                }
                cells++;
                cellsDecided += isDecided(cell.verdict()) ? 1 : 0;
                cellCounts.merge(cell.verdict(), 1, Integer::sum);
            }
            if (!isDecided(adopter.verdict())) {
                undecided
                        .computeIfAbsent(whyUndecided(adopter), reason -> new ArrayList<>())
                        .add(adopter.name());
            }
        }
        final List<Report.Undecided> groups = undecided.entrySet().stream()
                .map(group -> new Report.Undecided(group.getKey(), group.getValue()))
                .toList();
        final int decided = (int) adopters.stream()
                .filter(adopter -> isDecided(adopter.verdict()))
                .count();
        return new Report.Summary(
                worst, adopters.size(), counts, decided, groups, cells, cellsDecided, cellCounts, metricCounts);
    }

    /** How many cells of metrics other than the primary one have a verdict. */
    static int ofOtherMetrics(final Report.Summary summary, final Verdict verdict) {
        return summary.metricCounts().values().stream()
                .mapToInt(counts -> counts.getOrDefault(verdict, 0))
                .sum();
    }

    /**
     * Whether a verdict decides anything. A flaky result is decided: it says that the adopter's own test is at fault.
     *
     * @param verdict a verdict
     * @return false for error, suspect, inconclusive and skipped
     */
    public static boolean isDecided(final Verdict verdict) {
        return switch (verdict) {
            case ERROR, SUSPECT, INCONCLUSIVE, SKIPPED -> false;
            case MISMATCH, REGRESSED, BROKEN, FLAKY, STILL_FAILING, FIXED, IMPROVED, UNCHANGED -> true;
        };
    }

    private static String whyUndecided(final AdopterReport adopter) {
        final Verdict verdict = adopter.verdict();
        if (adopter.build().verdict() == verdict && !adopter.build().reason().isEmpty()) {
            return "build " + verdict.label() + ": " + firstLine(adopter.build().reason());
        }
        if (adopter.test().verdict() == verdict && !adopter.test().reason().isEmpty() && verdict != Verdict.SKIPPED) {
            return "tests " + verdict.label() + ": " + firstLine(adopter.test().reason());
        }
        final List<AdopterReport.Cell> cells = adopter.cells().stream()
                .filter(cell -> cell.tells() && cell.verdict() == verdict)
                .toList();
        if (!cells.isEmpty()) {
            final String reason = cells.stream()
                    .filter(cell -> verdict == Verdict.ERROR)
                    .map(AdopterReport.Cell::reason)
                    .filter(text -> !text.isEmpty())
                    .findFirst()
                    .map(text -> ": " + firstLine(text))
                    .orElse("");
            return "measurements " + verdict.label() + reason;
        }
        return verdict == Verdict.SKIPPED ? "no stage was run" : "verdict " + verdict.label() + ", no reason given";
    }

    private static String firstLine(final String text) {
        return text.strip().lines().findFirst().orElse("");
    }
}
