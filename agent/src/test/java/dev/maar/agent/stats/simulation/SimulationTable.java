package dev.maar.agent.stats.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maar.agent.job.Verdict;
import dev.maar.agent.stats.MeasuringRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Makes the tables of METHOD.md, in {@code target/simulation.md}. It takes a minute or two, so it runs only when named. */
final class SimulationTable {

    private static final long SEED = 20_260_101;
    private static final int EXPERIMENTS = 400;
    private static final List<Double> EFFECTS = List.of(0.01, 0.02, 0.03, 0.05, 0.10);
    private static final List<Verdict> VERDICTS =
            List.of(Verdict.REGRESSED, Verdict.IMPROVED, Verdict.UNCHANGED, Verdict.SUSPECT, Verdict.INCONCLUSIVE);

    @Test
    void isWritten() throws IOException {
        final StringBuilder text = new StringBuilder();
        long equal = 0;
        long called = 0;
        for (final Noise noise : Noise.ALL) {
            final Simulation simulation = new Simulation(MeasuringRules.standard(), noise, SEED);
            final Tally same = simulation.run(0, EXPERIMENTS).same();
            equal += same.cells();
            called += Math.round(same.alarms() * same.cells());
            text.append(section(noise, simulation, same));
        }
        text.append(String.format(
                Locale.ROOT, "%nOf the %d cells with equal sides on all machines, %d were called.%n", equal, called));
        final Path file = Path.of("target", "simulation.md");
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        assertThat(file).isNotEmptyFile();
    }

    private static String section(final Noise noise, final Simulation simulation, final Tally same) {
        final StringBuilder text = new StringBuilder();
        text.append(
                String.format(Locale.ROOT, "%n### %s, m = %.2f %%%n%n", noise.name(), 100 * simulation.threshold()));
        text.append(joined(Stream.concat(
                Stream.concat(
                        Stream.of("change", "cells"),
                        Stream.concat(VERDICTS.stream().map(Verdict::label), Stream.of("pairs a cell"))),
                Arrays.stream(Rival.values()).map(Rival::title))));
        text.append("|")
                .append("--:|".repeat(3 + VERDICTS.size() + Rival.values().length))
                .append('\n');
        text.append(row(0, same));
        double beside = 0;
        for (final double effect : EFFECTS) {
            final Simulation.Outcome outcome = simulation.run(effect, EXPERIMENTS);
            text.append(row(effect, outcome.changed()));
            beside = Math.max(beside, outcome.same().alarms());
        }
        text.append(String.format(
                Locale.ROOT,
                "%nOf the unchanged cells beside changed ones, at most %.2f %% were called.%n",
                100 * beside));
        return text.toString();
    }

    private static String row(final double effect, final Tally tally) {
        final Function<Double, String> percent = share -> String.format(Locale.ROOT, "%.1f %%", 100 * share);
        return joined(Stream.of(
                        Stream.of(String.format(Locale.ROOT, "%.0f %%", 100 * effect), String.valueOf(tally.cells())),
                        VERDICTS.stream().map(tally::share).map(percent),
                        Stream.of(String.format(Locale.ROOT, "%.1f", tally.pairsPerCell())),
                        Arrays.stream(Rival.values()).map(tally::share).map(percent))
                .flatMap(cells -> cells));
    }

    private static String joined(final Stream<String> cells) {
        return cells.collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
