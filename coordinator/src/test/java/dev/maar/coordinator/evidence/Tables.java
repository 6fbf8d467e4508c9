package dev.maar.coordinator.evidence;

import dev.maar.agent.job.PairCost;
import dev.maar.agent.job.Verdict;
import dev.maar.agent.stats.HodgesLehmann;
import dev.maar.agent.stats.MeasuringRules;
import dev.maar.agent.stats.SignedRank;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.hipparchus.stat.descriptive.rank.Median;

/** The findings as tables of Markdown. Pure functions. */
final class Tables {

    private Tables() {}

    static String of(final List<Finding> findings) {
        final StringBuilder text = new StringBuilder();
        verdicts(text, findings);
        estimates(text, findings);
        rivals(text, findings);
        costs(text, findings);
        return text.toString();
    }

    private static List<Finding> of(final Scenario scenario, final List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.scenario().equals(scenario.name()))
                .toList();
    }

    private static void verdicts(final StringBuilder text, final List<Finding> findings) {
        text.append(
                "| what | budget | cells | regressed | improved | unchanged | suspect | inconclusive | other "
                        + "| pairs a cell | run again | disturbed and counted |\n|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n");
        for (final Scenario scenario : Scenario.all()) {
            final List<Finding> all = of(scenario, findings);
            final List<String> columns = new ArrayList<>();
            columns.add(scenario.name());
            columns.add(scenario.budget().label());
            columns.add(Integer.toString(all.size()));
            long listed = 0;
            for (final Verdict verdict : List.of(
                    Verdict.REGRESSED, Verdict.IMPROVED, Verdict.UNCHANGED, Verdict.SUSPECT, Verdict.INCONCLUSIVE)) {
                final long count = count(all, finding -> finding.verdict() == verdict);
                listed += count;
                columns.add(Long.toString(count));
            }
            columns.add(Long.toString(all.size() - listed));
            columns.add(number(
                    "%.1f", all.stream().mapToInt(Finding::pairs).average().orElse(Double.NaN)));
            columns.add(Integer.toString(all.stream().mapToInt(Finding::rerun).sum()));
            columns.add(
                    Integer.toString(all.stream().mapToInt(Finding::disturbed).sum()));
            row(text, columns);
        }
    }

    private static void estimates(final StringBuilder text, final List<Finding> findings) {
        text.append("\n| put in | budget | cells | found (regressed) | median threshold | median estimate "
                + "| median error in percentage points |\n|---|---|--:|--:|--:|--:|--:|\n");
        for (final Scenario scenario : Scenario.all()) {
            final List<Finding> all = of(scenario, findings);
            if (scenario.slowdown() > 0) {
                row(
                        text,
                        List.of(
                                scenario.name(),
                                scenario.budget().label(),
                                Integer.toString(all.size()),
                                share(all, finding -> finding.verdict() == Verdict.REGRESSED),
                                median(all.stream()
                                        .mapToDouble(finding -> 100 * Math.expm1(finding.threshold()))
                                        .toArray()),
                                median(all.stream()
                                        .mapToDouble(finding -> 100 * Math.expm1(finding.effect()))
                                        .toArray()),
                                median(all.stream()
                                        .mapToDouble(finding ->
                                                100 * Math.abs(Math.expm1(finding.effect()) - scenario.slowdown()))
                                        .toArray())));
            }
        }
    }

    private static void rivals(final StringBuilder text, final List<Finding> findings) {
        text.append("\nCalled a regression in the same wall time; where sides are equal, falsely:\n\n"
                + "| what | cells | Maar | ezmsg's rule: median of 6 differences above 0 | the same beyond 3 % "
                + "| one fork after the other, HL beyond m, p at most 0.05 |\n|---|--:|--:|--:|--:|--:|\n");
        for (final Scenario scenario : Scenario.all()) {
            final List<Finding> all = of(scenario, findings).stream()
                    .filter(finding -> !finding.ezmsg().isEmpty())
                    .toList();
            if (scenario.rivals() > 0) {
                row(
                        text,
                        List.of(
                                scenario.name(),
                                Integer.toString(all.size()),
                                share(all, finding -> finding.verdict() == Verdict.REGRESSED),
                                share(all, finding -> medianOf(finding.ezmsg()) > 0),
                                share(all, finding -> medianOf(finding.ezmsg()) > Math.log(1.03)),
                                share(all, Tables::afterOther)));
            }
        }
    }

    private static boolean afterOther(final Finding finding) {
        final double[] effects =
                finding.afterOther().stream().mapToDouble(Double::doubleValue).toArray();
        final int exact = Math.min(effects.length, 64);
        final double[] tested = java.util.Arrays.copyOf(effects, exact);
        return HodgesLehmann.of(tested) >= finding.threshold()
                && SignedRank.stratified(List.of(tested), 0).greater()
                        <= MeasuringRules.standard().confirmLevel();
    }

    private static void costs(final StringBuilder text, final List<Finding> findings) {
        text.append("\n| what | budget | cells | seconds a cell | start | warm-up | measuring | waiting | end "
                + "|\n|---|---|--:|--:|--:|--:|--:|--:|--:|\n");
        for (final Scenario scenario : Scenario.all()) {
            final List<Finding> all = of(scenario, findings);
            final PairCost sum = all.stream().map(Finding::cost).reduce(PairCost.NONE, PairCost::plus);
            final double total = Math.max(1, sum.total());
            row(
                    text,
                    List.of(
                            scenario.name(),
                            scenario.budget().label(),
                            Integer.toString(all.size()),
                            number("%.1f", sum.total() / 1e3 / Math.max(1, all.size())),
                            number("%.0f %%", 100 * sum.start() / total),
                            number("%.0f %%", 100 * sum.warmUp() / total),
                            number("%.0f %%", 100 * sum.measuring() / total),
                            number("%.0f %%", 100 * sum.waiting() / total),
                            number("%.0f %%", 100 * sum.end() / total)));
        }
    }

    private static long count(final List<Finding> findings, final Predicate<Finding> which) {
        return findings.stream().filter(which).count();
    }

    private static String share(final List<Finding> findings, final Predicate<Finding> which) {
        return findings.isEmpty() ? "-" : number("%.0f %%", 100.0 * count(findings, which) / findings.size());
    }

    private static double medianOf(final List<Double> values) {
        return new Median()
                .evaluate(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static String median(final double[] values) {
        return values.length == 0 ? "-" : number("%.2f", new Median().evaluate(values));
    }

    private static String number(final String format, final double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
    }

    private static void row(final StringBuilder text, final List<String> columns) {
        text.append("| ").append(String.join(" | ", columns)).append(" |\n");
    }
}
