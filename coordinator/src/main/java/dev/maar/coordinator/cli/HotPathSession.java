package dev.maar.coordinator.cli;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.maar.agent.job.Stage;
import dev.maar.agent.measure.Budget;
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

/** The hot-path suite as the command line runs it. */
final class HotPathSession {

    private final MaarCommand maar;
    private final MeasureOptions options;
    private final Console console;

    HotPathSession(final MaarCommand maar, final MeasureOptions options) {
        this.maar = maar;
        this.options = options;
        this.console = options.console();
    }

    HotPathResult run(final String side) throws Exception {
        final Preparation preparation = new Preparation(maar.root(), options, console, Clock.systemUTC());
        final Request request = preparation.request(new Question(
                "hotpath",
                Optional.of(side),
                side,
                AbCommand.SUITE,
                List.of(Stage.BUILD, Stage.MEASURE),
                Request.Only.ALL));
        try (Interruption interruption = Interruption.watch();
                EmbeddedFarm farm = EmbeddedFarm.open(maar.state())) {
            final Plan plan = preparation.plan(request, farm);
            final RunFolder folder =
                    new RunFolder(options.out(maar.state(), plan.id()).toAbsolutePath());
            final HotPathResult result;
            try (ShownProgress progress = ShownProgress.on(console);
                    JobBoard board = farm.board(folder.logs(), progress::doing)) {
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
        console.out().printf(Locale.ROOT, "%-28s %10s %14s %7s %11s%n", "case", "us/msg", "msg/s", "CV", "bytes/msg");
        for (final HotPathResult.Row row : result.results()) {
            if (!row.failure().isEmpty()) {
                console.out().printf(Locale.ROOT, "%-28s %s%n", row.id(), row.failure());
                continue;
            }
            console.out()
                    .printf(
                            Locale.ROOT,
                            "%-28s %10.3f %14.0f %6.1f%% %11s%n",
                            row.id(),
                            row.usPerMsg().median(),
                            row.msgPerSec().median(),
                            row.usPerMsg().cv() * 100,
                            row.allocBytesPerMsg().isPresent()
                                    ? String.format(
                                            Locale.ROOT,
                                            "%.1f",
                                            row.allocBytesPerMsg().getAsDouble())
                                    : "-");
        }
    }
}
