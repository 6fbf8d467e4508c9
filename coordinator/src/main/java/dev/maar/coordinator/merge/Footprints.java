package dev.maar.coordinator.merge;

import dev.maar.agent.job.CellKey;
import dev.maar.agent.job.ForkNotes;
import dev.maar.agent.job.PairObservation;
import dev.maar.agent.job.PairOutcome;
import dev.maar.agent.job.SideName;
import dev.maar.coordinator.report.AdopterReport;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.hipparchus.stat.descriptive.rank.Median;

/** What the forks of one case need beside time, from the notes on each. Pure functions. */
final class Footprints {

    private Footprints() {}

    /** Nothing when no fork of the case has notes, as in data of before there were any. */
    static Optional<AdopterReport.Footprint> of(final CellKey cell, final List<PairObservation> observations) {
        final AdopterReport.Need a = need(SideName.A, observations);
        final AdopterReport.Need b = need(SideName.B, observations);
        final boolean known = isKnown(a) || isKnown(b);
        return known ? Optional.of(new AdopterReport.Footprint(cell.jig(), cell.setting(), a, b)) : Optional.empty();
    }

    private static boolean isKnown(final AdopterReport.Need need) {
        return Double.isFinite(need.startUpMillis()) || need.peakMemoryBytes() > 0;
    }

    private static AdopterReport.Need need(final SideName side, final List<PairObservation> observations) {
        final double memory = median(side, observations, ForkNotes::peakMemoryBytes);
        return new AdopterReport.Need(
                median(side, observations, ForkNotes::startUpNanos) / 1e6,
                Double.isNaN(memory) ? 0 : Math.round(memory));
    }

    private static double median(
            final SideName side, final List<PairObservation> observations, final ToLongFunction<ForkNotes> value) {
        final double[] known = observations.stream()
                .map(PairObservation::outcome)
                .filter(PairOutcome.Measured.class::isInstance)
                .map(outcome -> ((PairOutcome.Measured) outcome).notes().of(side))
                .mapToLong(value)
                .filter(number -> number >= 0)
                .asDoubleStream()
                .toArray();
        return known.length == 0 ? Double.NaN : new Median().evaluate(known);
    }
}
