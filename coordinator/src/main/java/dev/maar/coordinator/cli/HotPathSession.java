package dev.maar.coordinator.cli;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.maar.agent.job.Stage;
import dev.maar.agent.measure.Budget;
import dev.maar.agent.sandbox.Sandbox;
import dev.maar.coordinator.dispatch.EmbeddedFarm;
import dev.maar.coordinator.dispatch.JobBoard;
import dev.maar.coordinator.experiment.HotPathResult;
import dev.maar.coordinator.experiment.HotPathSuite;
import dev.maar.coordinator.experiment.Request;
import dev.maar.coordinator.plan.Plan;
import dev.maar.coordinator.plan.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The hot-path suite as the command line runs it. */
final class HotPathSession {

    private static final String ABSENT = "-";

    private final MaarCommand maar;
    private final MeasureOptions options;
    private final Console console;

    HotPathSession(final MaarCommand maar, final MeasureOptions options) {
        this.maar = maar;
        this.options = options;
        this.console = options.console();
    }

    HotPathResult run(final String side) throws Exception {
        final Preparation preparation = new Preparation(maar, options, console, Clock.systemUTC());
        final Request request = preparation.request(new Question(
                "hotpath",
                Optional.of(side),
                side,
                AbCommand.SUITE,
                List.of(Stage.BUILD, Stage.MEASURE),
                Request.Only.ALL,
                false));
        final Sandbox sandbox = preparation.sandbox(request);
        try (Interruption interruption = Interruption.watch();
                EmbeddedFarm farm = EmbeddedFarm.open(
                        maar.state(), sandbox, options.building().cacheBytes(), maar.agentSettings())) {
            final Plan plan = preparation.plan(request, farm);
            final RunFolder folder =
                    new RunFolder(options.out(maar.state(), plan.id()).toAbsolutePath());
            final HotPathResult result;
            try (ShownProgress progress = ShownProgress.on(console);
                    JobBoard board =
                            farm.board(folder.logs(), options.building().fresh(), progress::doing)) {
                result = new HotPathSuite(plan, folder, board, progress).run(pairs(request.budget()));
            }
            show(result);
            return result;
        }
    }

    /** Two forks a pair. */
    private static int pairs(final Budget budget) {
        return switch (budget) {
            case QUICK -> 4;
            case STANDARD, THOROUGH -> 8;
        };
    }

    private void show(final HotPathResult result) throws IOException {
        final String json = JsonMapper.builder()
                .addModule(new Jdk8Module())
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(result);
        if (options.json().isPresent() && options.json().get().equals("-")) {
            System.out.println(json);
            return;
        }
        if (options.json().isPresent()) {
            Files.writeString(Path.of(options.json().get()), json);
        }
        console.out()
                .printf(
                        Locale.ROOT,
                        "%-26s %9s %11s %7s %8s %8s %8s %9s%n",
                        "case",
                        "us/msg",
                        "msg/s",
                        "CV",
                        "p50 us",
                        "p99",
                        "p99.9",
                        "bytes/msg");
        result.results().forEach(row -> console.out().println(line(row)));
    }

    private static String line(final HotPathResult.Row row) {
        if (!row.failure().isEmpty()) {
            return String.format(Locale.ROOT, "%-26s %s", row.id(), row.failure());
        }
        return String.format(
                Locale.ROOT,
                "%-26s %9.3f %11.0f %6.1f%% %8s %8s %8s %9s",
                row.id(),
                row.usPerMsg().median(),
                row.msgPerSec().median(),
                row.usPerMsg().cv() * 100,
                latency(row, HotPathResult.Percentiles::p50),
                latency(row, HotPathResult.Percentiles::p99),
                latency(row, HotPathResult.Percentiles::p999),
                row.allocBytesPerMsg().isPresent()
                        ? String.format(
                                Locale.ROOT, "%.1f", row.allocBytesPerMsg().getAsDouble())
                        : ABSENT);
    }

    private static String latency(
            final HotPathResult.Row row, final ToDoubleFunction<HotPathResult.Percentiles> percentile) {
        return row.latencyUs()
                .map(latency -> String.format(Locale.ROOT, "%.3f", percentile.applyAsDouble(latency)))
                .orElse(ABSENT);
    }
}
