package dev.maar.agent.stats.simulation;

import dev.maar.agent.job.Phase;
import dev.maar.agent.job.Slice;
import dev.maar.agent.job.Verdict;
import dev.maar.agent.stats.Ruling;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What Maar and its rivals said of the same cells. Not thread-safe. */
final class Tally {

    private final Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
    private final Map<Rival, Integer> calls = new EnumMap<>(Rival.class);
    private int cells;
    private long pairs;

    void add(final SimulatedCell cell, final Ruling ruling, final int pairsTaken) {
        cells++;
        pairs += pairsTaken;
        verdicts.merge(ruling.verdict(), 1, Integer::sum);
        final List<List<Slice>> shown = IntStream.range(0, Rival.PAIRS)
                .mapToObj(index -> cell.pair(Phase.SCREEN, index))
                .toList();
        for (final Rival rival : Rival.values()) {
            calls.merge(rival, rival.regressed(shown) ? 1 : 0, Integer::sum);
        }
    }

    int cells() {
        return cells;
    }

    double pairsPerCell() {
        return (double) pairs / cells;
    }

    /** The share of cells of which Maar said this. */
    double share(final Verdict verdict) {
        return (double) verdicts.getOrDefault(verdict, 0) / cells;
    }

    /** The share of cells that Maar called a change, either way. */
    double alarms() {
        return share(Verdict.REGRESSED) + share(Verdict.IMPROVED);
    }

    /** The share of cells that a rival called a regression. */
    double share(final Rival rival) {
        return (double) calls.getOrDefault(rival, 0) / cells;
    }
}
