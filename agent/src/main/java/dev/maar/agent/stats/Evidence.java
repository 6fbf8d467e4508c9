package dev.maar.agent.stats;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What one look sees: some readings, stratified by agent, and what follows from them alone. Immutable. */
final class Evidence {

    private final MeasuringRules rules;
    private final double threshold;
    private final Map<String, double[]> byAgent;
    private final double effect;
    private final Interval interval;
    private final boolean agentsDisagree;

    Evidence(final List<Reading> readings, final MeasuringRules rules, final double threshold) {
        this.rules = rules;
        this.threshold = threshold;
        this.byAgent = readings.stream()
                .collect(Collectors.groupingBy(
                        Reading::agent,
                        LinkedHashMap::new,
                        Collectors.collectingAndThen(Collectors.toList(), Evidence::effects)));
        final List<double[]> strata = List.copyOf(byAgent.values());
        this.effect = HodgesLehmann.stratified(strata);
        this.interval = Interval.stratified(strata, rules.confidence());
        this.agentsDisagree = disagree(strata);
    }

    private static double[] effects(final List<Reading> readings) {
        return readings.stream().mapToDouble(Reading::effect).toArray();
    }

    private boolean disagree(final List<double[]> strata) {
        final List<double[]> compared = strata.stream()
                .filter(effects -> effects.length >= rules.agentsLeastPairs())
                .toList();
        if (compared.size() < 2) {
            return false;
        }
        final double[] estimates =
                compared.stream().mapToDouble(HodgesLehmann::of).sorted().toArray();
        return estimates[estimates.length - 1] - estimates[0] > rules.agentsShare() * threshold
                && CochranQ.of(compared).p() <= rules.agentsLevel();
    }

    double effect() {
        return effect;
    }

    boolean agentsDisagree() {
        return agentsDisagree;
    }

    /** Whether the whole interval is within what does not matter, for agents that agree. */
    boolean unchanged() {
        return interval.inside(threshold) && !agentsDisagree;
    }

    /** One-sided p against no effect, in the estimate's direction; the larger side when the estimate has none. */
    double pAgainstNone() {
        final SignedRank test = SignedRank.stratified(List.copyOf(byAgent.values()), 0);
        return effect == 0 ? Math.max(test.greater(), test.less()) : test.oneSided(effect);
    }

    /** One-sided p against effects up to a size, in a direction. */
    double pBeyond(final double size, final int direction) {
        return SignedRank.stratified(List.copyOf(byAgent.values()), direction * size)
                .oneSided(direction);
    }

    Estimate estimate(final double p, final double q) {
        final int pairs =
                byAgent.values().stream().mapToInt(effects -> effects.length).sum();
        return new Estimate(effect, interval.low(), interval.high(), rules.confidence(), p, q, pairs);
    }

    List<AgentEstimate> agents() {
        return byAgent.entrySet().stream()
                .map(entry ->
                        new AgentEstimate(entry.getKey(), HodgesLehmann.of(entry.getValue()), entry.getValue().length))
                .toList();
    }

    /**
     * About how many more pairs would decide. The interval shrinks with the root of the number of pairs. It decides when it fits between the
     * estimate and the threshold (unchanged) or between the estimate and zero (a candidate), whichever is the wider gap.
     */
    int pairsToDecide() {
        final double gap = Math.max(threshold - Math.abs(effect), Math.abs(effect));
        final double pairs =
                byAgent.values().stream().mapToInt(effects -> effects.length).sum();
        final double needed = pairs * Math.pow(interval.width() / 2 / gap, 2) - pairs;
        final int step = rules.screen().get(0).pairs();
        return (int) Math.min(1_000_000, step * Math.max(1, Math.ceil(needed / step)));
    }
}
