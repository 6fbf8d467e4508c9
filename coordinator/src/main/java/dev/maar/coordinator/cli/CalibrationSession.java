package dev.maar.coordinator.cli;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.maar.agent.doctor.Doctor;
import dev.maar.agent.doctor.Finding;
import dev.maar.agent.measure.Budget;
import dev.maar.agent.sandbox.Sandbox;
import dev.maar.coordinator.calibration.CalibrationReport;
import dev.maar.coordinator.calibration.CalibrationStore;
import dev.maar.coordinator.calibration.CaseNoise;
import dev.maar.coordinator.dispatch.EmbeddedFarm;
import dev.maar.coordinator.dispatch.JobBoard;
import dev.maar.coordinator.experiment.CalibrationRun;
import dev.maar.coordinator.experiment.Request;
import dev.maar.coordinator.plan.Plan;
import dev.maar.coordinator.plan.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** A calibration as the command line runs it: measured, kept, shown. */
final class CalibrationSession {

    private final MaarCommand maar;
    private final MeasureOptions options;
    private final Console console;

    CalibrationSession(final MaarCommand maar, final MeasureOptions options) {
        this.maar = maar;
        this.options = options;
        this.console = options.console();
    }

    int run(final Question question) throws Exception {
        final Preparation preparation = new Preparation(maar, options, console, Clock.systemUTC());
        final Request request = preparation.request(question);
        final Sandbox sandbox = preparation.sandbox(request);
        try (Interruption interruption = Interruption.watch();
                EmbeddedFarm farm = EmbeddedFarm.open(
                        maar.state(), sandbox, options.building().cacheBytes(), maar.agentSettings())) {
            final Plan plan = preparation.plan(request, farm);
            final RunFolder folder =
                    new RunFolder(options.out(maar.state(), plan.id()).toAbsolutePath());
            final List<CaseNoise> noise;
            try (ShownProgress progress = ShownProgress.on(console);
                    JobBoard board = farm.board(folder.logs(), false, progress::doing)) {
                noise = new CalibrationRun(plan, request.budget(), folder, board, progress)
                        .run(pairs(request.budget()));
            }
            final CalibrationStore store = new CalibrationStore(maar.state());
            for (final CaseNoise each : noise) {
                store.keep(each);
            }
            show(CalibrationReport.of(request.budget(), noise));
            return noise.isEmpty() ? ExitCode.NO_VERDICT : ExitCode.OK;
        } catch (final InterruptedException e) {
            console.say("maar: interrupted; nothing of this calibration is kept");
            return ExitCode.INTERRUPTED;
        }
    }

    /** At least as many as a threshold needs that may lie under the uncalibrated one. */
    private static int pairs(final Budget budget) {
        return switch (budget) {
            case QUICK -> 20;
            case STANDARD -> 32;
            case THOROUGH -> 48;
        };
    }

    private void show(final CalibrationReport report) throws IOException, InterruptedException {
        final String json = JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(report);
        if (options.json().isPresent() && options.json().get().equals("-")) {
            System.out.println(json);
            return;
        }
        if (options.json().isPresent()) {
            Files.writeString(Path.of(options.json().get()), json + "\n");
        }
        report.lines().forEach(console.out()::println);
        final List<Finding> noisy = Doctor.examine(maar.state(), Duration.ofSeconds(1)).stream()
                .filter(finding -> finding.state() == Finding.State.NOISY)
                .toList();
        for (final Finding finding : noisy) {
            console.out()
                    .println(String.format(
                            Locale.ROOT, "quieter: %s, %s -> %s", finding.subject(), finding.detail(), finding.mend()));
        }
    }
}
