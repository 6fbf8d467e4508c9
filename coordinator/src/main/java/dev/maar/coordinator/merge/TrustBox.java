package dev.maar.coordinator.merge;

import dev.maar.agent.job.PairCost;
import dev.maar.agent.job.PairObservation;
import dev.maar.agent.job.PairOutcome;
import dev.maar.agent.stats.Ruling;
import dev.maar.coordinator.report.Report;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What the pairs of an experiment say about themselves: how many were run again, what they cost, how small a change they can see. Pure functions. */
final class TrustBox {

    private static final String FAILED = "a fork failed for want of the machine";

    private TrustBox() {}

    /** Why pairs were run again, with how often. A pair that was disturbed in two ways counts in each. */
    static Map<String, Integer> rerunReasons(final List<PairObservation> pairs) {
        final Map<String, Integer> reasons = new TreeMap<>();
        for (final PairObservation pair : pairs) {
            if (failedForWantOfTheMachine(pair)) {
                reasons.merge(FAILED, 1, Integer::sum);
            } else if (pair.discarded()) {
                pair.disturbances().forEach(reason -> reasons.merge(reason, 1, Integer::sum));
            }
        }
        return reasons;
    }

    /** How many pairs were run and count for nothing. */
    static int rerun(final List<PairObservation> pairs) {
        return (int) pairs.stream().filter(TrustBox::isRerun).count();
    }

    private static boolean isRerun(final PairObservation pair) {
        return pair.discarded() || failedForWantOfTheMachine(pair);
    }

    private static boolean failedForWantOfTheMachine(final PairObservation pair) {
        return pair.outcome() instanceof final PairOutcome.Failed failed && CellCourse.isInfra(failed);
    }

    /** How many pairs count although the machine disturbed them. */
    static int disturbed(final List<PairObservation> pairs) {
        return (int) pairs.stream()
                .filter(pair -> !isRerun(pair) && !pair.disturbances().isEmpty())
                .count();
    }

    /** Where the time went. */
    static Report.Cost cost(final List<PairObservation> pairs, final Predicate<PairObservation> control) {
        final PairCost all = sum(pairs, pair -> true);
        return new Report.Cost(
                all.waiting() / 1e3,
                all.start() / 1e3,
                all.warmUp() / 1e3,
                all.measuring() / 1e3,
                all.end() / 1e3,
                sum(pairs, control).total() / 1e3,
                sum(pairs, TrustBox::isRerun).total() / 1e3);
    }

    private static PairCost sum(final List<PairObservation> pairs, final Predicate<PairObservation> which) {
        return pairs.stream().filter(which).map(PairObservation::cost).reduce(PairCost.NONE, PairCost::plus);
    }

    /** What the judged cells of one metric can see. */
    static Report.Resolution resolution(final List<Ruling> rulings) {
        if (rulings.isEmpty()) {
            return Report.Resolution.NONE;
        }
        final double[] sorted = rulings.stream()
                .mapToDouble(ruling -> Math.expm1(ruling.resolution()))
                .sorted()
                .toArray();
        return new Report.Resolution(sorted.length, reachedBy(sorted, 0.5), reachedBy(sorted, 0.9));
    }

    /** The least value that at least this share of the sorted values does not exceed. */
    private static double reachedBy(final double[] sorted, final double share) {
        return sorted[(int) Math.ceil(share * sorted.length) - 1];
    }
}
