package dev.maar.coordinator.merge;

import dev.maar.agent.job.Attestation;
import dev.maar.agent.job.Both;
import dev.maar.agent.job.ForkFailure;
import dev.maar.agent.job.PairObservation;
import dev.maar.agent.job.PairOutcome;
import dev.maar.agent.job.SideName;
import dev.maar.agent.job.Verdict;
import dev.maar.agent.stats.Metric;
import dev.maar.agent.stats.PairEffect;
import dev.maar.agent.stats.Ruling;
import dev.maar.coordinator.plan.Plan;
import dev.maar.coordinator.plan.RunFolder;
import dev.maar.coordinator.report.AdopterReport;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The rows of a report that one cell gives, one a metric. Pure functions. */
final class CellRows {

    private CellRows() {}

    /** A cell that was judged: a row from a settled ruling. */
    static AdopterReport.Cell judged(
            final Plan.PlannedCell cell, final CellCourse course, final Metric metric, final Ruling ruling) {
        final List<PairObservation> pairs = course.measured(ruling.phase());
        final Both<Attestation> attested = lastAttested(pairs);
        return new AdopterReport.Cell(
                cell.key().jig(),
                cell.key().setting(),
                metric.label(),
                metric.unit(),
                Levels.of(metric, SideName.A, pairs),
                Levels.of(metric, SideName.B, pairs),
                ruling.estimate().ratio(),
                ruling.estimate().low(),
                ruling.estimate().high(),
                ruling.estimate().confidence(),
                ruling.estimate().p(),
                ruling.candidate() ? ruling.estimate().q() : Double.NaN,
                Math.expm1(ruling.threshold()),
                cell.threshold(metric).source(),
                ruling.estimate().pairs(),
                pairs.stream().map(PairObservation::agent).distinct().sorted().toList(),
                ruling.verdict(),
                attested.a().checksum(),
                attested.b().checksum(),
                RunFolder.rawFile(cell.key(), cell.measurement()),
                "",
                cell.reproduce(),
                reason(ruling),
                effects(metric, pairs));
    }

    private static String reason(final Ruling ruling) {
        return switch (ruling.verdict()) {
            case INCONCLUSIVE ->
                ruling.pairsToDecide() > 0
                        ? "about " + ruling.pairsToDecide() + " more pairs would decide it"
                        : "more pairs would decide it";
            case SUSPECT ->
                ruling.agentsDisagree()
                        ? "the agents disagree"
                        : "looks changed in " + ruling.phase().label() + ", not confirmed";
            default -> "";
        };
    }

    /** A cell without numbers: mismatched, failed, skipped or never measured. */
    static AdopterReport.Cell unjudged(
            final Plan.PlannedCell cell, final CellCourse course, final Verdict verdict, final String reason) {
        final Metric metric = Metric.TIME;
        final Optional<Mismatch> mismatch = course.mismatch();
        return new AdopterReport.Cell(
                cell.key().jig(),
                cell.key().setting(),
                metric.label(),
                metric.unit(),
                AdopterReport.Level.NONE,
                AdopterReport.Level.NONE,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Math.expm1(cell.threshold(metric).value()),
                cell.threshold(metric).source(),
                course.observations().size(),
                course.observations().stream()
                        .map(PairObservation::agent)
                        .distinct()
                        .sorted()
                        .toList(),
                verdict,
                mismatch.map(found -> found.attested().a().checksum()).orElse(""),
                mismatch.map(found -> found.attested().b().checksum()).orElse(""),
                course.observations().isEmpty() ? "" : RunFolder.rawFile(cell.key(), cell.measurement()),
                "",
                cell.reproduce(),
                reason,
                List.of());
    }

    /** Both sides' failures in words. */
    static String reason(final Both<ForkFailure> failures) {
        final String a = words(SideName.A, failures.a());
        final String b = words(SideName.B, failures.b());
        if (a.isEmpty() || b.isEmpty()) {
            return a + b;
        }
        return failures.a().equals(failures.b())
                ? "both sides, " + failures.a().kind().label() + ": "
                        + failures.a().reason()
                : a + "; " + b;
    }

    private static String words(final SideName side, final ForkFailure failure) {
        return failure.kind() == ForkFailure.Kind.NONE
                ? ""
                : "side " + side.label() + ", " + failure.kind().label() + ": " + failure.reason();
    }

    private static List<Double> effects(final Metric metric, final List<PairObservation> pairs) {
        return pairs.stream()
                .map(pair -> PairEffect.of(metric, (PairOutcome.Measured) pair.outcome()))
                .flatMapToDouble(OptionalDouble::stream)
                .boxed()
                .toList();
    }

    private static Both<Attestation> lastAttested(final List<PairObservation> pairs) {
        return ((PairOutcome.Measured) pairs.get(pairs.size() - 1).outcome()).attested();
    }
}
