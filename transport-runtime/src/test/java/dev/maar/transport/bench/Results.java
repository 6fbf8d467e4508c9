package dev.maar.transport.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** What all rounds gave: for each candidate and cell the nanoseconds per message of each round that worked. */
final class Results {

    /** Rounds and their times. */
    private final Map<Candidate, Map<Cell, Map<Integer, Double>>> times = new LinkedHashMap<>();

    private final List<String> failures = new ArrayList<>();

    /** Two times of the same rounds. */
    record Comparison(Matchup matchup, Cell cell, Spread ours, Spread rival, Spread ratio, int rounds) {

        /** By how much local delivery on one thread may be slower than a call. */
        private static final double CALL_AIM_NANOS = 30;

        /** The largest ratio that is aimed at. */
        OptionalDouble aim() {
            return matchup.rival() == Candidate.DIRECT_CALL
                    ? OptionalDouble.of((rival.median() + CALL_AIM_NANOS) / rival.median())
                    : matchup.aim(cell);
        }

        /** The ratio of the medians, which is what the aim speaks of. */
        double ratioOfMedians() {
            return ours.median() / rival.median();
        }

        String verdict() {
            final OptionalDouble aim = aim();
            return aim.isEmpty() ? "" : ratioOfMedians() <= aim.getAsDouble() ? "met" : "missed";
        }
    }

    void add(final Candidate candidate, final Cell cell, final int round, final double nanos) {
        times.computeIfAbsent(candidate, any -> new LinkedHashMap<>())
                .computeIfAbsent(cell, any -> new TreeMap<>())
                .put(round, nanos);
    }

    void failed(final String what) {
        failures.add(what);
    }

    List<String> failures() {
        return failures;
    }

    Map<Candidate, Map<Cell, Map<Integer, Double>>> times() {
        return times;
    }

    /** Every match-up in every cell that both sides have done, by the rounds that both have done. */
    List<Comparison> comparisons() {
        final List<Comparison> comparisons = new ArrayList<>();
        for (final Matchup matchup : Matchup.ALL) {
            final Map<Cell, Map<Integer, Double>> rivals = times.getOrDefault(matchup.rival(), Map.of());
            times.getOrDefault(matchup.ours(), Map.of()).forEach((cell, ours) -> {
                final Map<Integer, Double> rival = rivals.getOrDefault(cell, Map.of());
                final List<Integer> rounds =
                        ours.keySet().stream().filter(rival::containsKey).toList();
                if (!rounds.isEmpty()) {
                    comparisons.add(compared(matchup, cell, ours, rival, rounds));
                }
            });
        }
        return comparisons;
    }

    private static Comparison compared(
            final Matchup matchup,
            final Cell cell,
            final Map<Integer, Double> ours,
            final Map<Integer, Double> rival,
            final List<Integer> rounds) {
        final double[] mine = numbers(ours, rounds);
        final double[] theirs = numbers(rival, rounds);
        final double[] ratios = new double[rounds.size()];
        Arrays.setAll(ratios, i -> mine[i] / theirs[i]);
        return new Comparison(matchup, cell, Spread.of(mine), Spread.of(theirs), Spread.of(ratios), rounds.size());
    }

    private static double[] numbers(final Map<Integer, Double> byRound, final List<Integer> rounds) {
        return rounds.stream()
                .mapToDouble(round -> byRound.getOrDefault(round, Double.NaN))
                .toArray();
    }
}
