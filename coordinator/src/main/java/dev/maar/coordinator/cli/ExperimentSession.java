package dev.maar.coordinator.cli;

import dev.maar.agent.job.AgentFacts;
import dev.maar.agent.job.Verdict;
import dev.maar.agent.measure.Budget;
import dev.maar.agent.sandbox.Sandbox;
import dev.maar.coordinator.dispatch.EmbeddedFarm;
import dev.maar.coordinator.dispatch.JobBoard;
import dev.maar.coordinator.experiment.Experiment;
import dev.maar.coordinator.experiment.Request;
import dev.maar.coordinator.history.Costs;
import dev.maar.coordinator.merge.Merge;
import dev.maar.coordinator.plan.Plan;
import dev.maar.coordinator.plan.RunFolder;
import dev.maar.coordinator.report.Colour;
import dev.maar.coordinator.report.Report;
import dev.maar.coordinator.report.ReportFolder;
import dev.maar.coordinator.report.ReportJson;
import dev.maar.coordinator.report.VerdictTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One experiment as the command line runs it: embedded, watched, reported. The commands differ only in what they ask for. */
final class ExperimentSession {

    private final MaarCommand maar;
    private final MeasureOptions options;
    private final Console console;
    private final Clock clock = Clock.systemUTC();

    ExperimentSession(final MaarCommand maar, final MeasureOptions options) {
        this.maar = maar;
        this.options = options;
        this.console = options.console();
    }

    /** Runs it; returns the exit code. */
    int run(final Question question) throws Exception {
        final Preparation preparation = new Preparation(maar, options, console, clock);
        final Request request = preparation.request(question);
        final Budget budget = request.budget();
        final Sandbox sandbox = preparation.sandbox(request);
        try (Interruption interruption = Interruption.watch()) {
            try (EmbeddedFarm farm =
                    EmbeddedFarm.open(maar.state(), sandbox, options.building().cacheBytes(), maar.agentSettings())) {
                final Plan plan = preparation.plan(request, farm);
                final RunFolder folder =
                        new RunFolder(options.out(maar.state(), plan.id()).toAbsolutePath());
                final Path costs = maar.state().resolve("costs.json");
                final Costs known = Costs.read(costs);
                announce(known.estimate(plan, budget.rules().screen().get(0).pairs()));
                final Report.Status status = experiment(plan, folder, farm, budget, known);
                Costs.read(costs).learned(plan, folder.kept()).write(costs);
                return finish(folder.plan(), folder, status, budget);
            } catch (final InterruptedException e) {
                console.say("maar: interrupted");
                return ExitCode.INTERRUPTED;
            }
        }
    }

    private void announce(final Optional<Duration> estimate) {
        estimate.ifPresent(time -> console.say("  about " + Math.max(1, (time.toSeconds() + 30) / 60)
                + " min when nothing is reused, by what it took before; more when cells need confirmation"));
    }

    private Report.Status experiment(
            final Plan plan, final RunFolder folder, final EmbeddedFarm farm, final Budget budget, final Costs costs)
            throws IOException, InterruptedException {
        try (ShownProgress progress = ShownProgress.on(console);
                JobBoard board = farm.board(folder.logs(), options.building().fresh(), progress::doing)) {
            new Experiment(plan, folder, board, budget.rules(), plan.judged(), costs, progress).run();
            return Report.Status.COMPLETED;
        } catch (final InterruptedException e) {
            // The interrupt is used up: from here on the partial report is written, undisturbed.
            return Report.Status.ABORTED;
        }
    }

    private int finish(final Plan plan, final RunFolder folder, final Report.Status status, final Budget budget)
            throws IOException {
        final List<AgentFacts> agents = folder.agents();
        final Merge.Merged merged = new Merge(plan, folder.path(), budget.rules(), plan.judged())
                .merge(agents, folder.kept(), status, clock.instant());
        ReportFolder.write(merged.report(), folder.path());
        show(merged.report(), folder.path(), console, options.json());
        if (status == Report.Status.ABORTED) {
            return ExitCode.INTERRUPTED;
        }
        return code(merged);
    }

    static void show(final Report report, final Path folder, final Console console, final Optional<String> json)
            throws IOException {
        if (json.isPresent() && json.get().equals("-")) {
            System.out.println(new ReportJson().write(report));
        } else if (json.isPresent()) {
            Files.writeString(Path.of(json.get()), new ReportJson().write(report));
        }
        console.out()
                .print(new VerdictTable(console.colour() ? Colour.ON : Colour.OFF)
                        .render(report, folder.resolve("report.html").toString()));
    }

    static int code(final Merge.Merged merged) {
        if (merged.regressed()) {
            return ExitCode.REGRESSED;
        }
        final boolean errors = merged.report().adopters().stream()
                .anyMatch(adopter -> adopter.verdict() == Verdict.ERROR || adopter.verdict() == Verdict.SKIPPED);
        return errors ? ExitCode.NO_VERDICT : ExitCode.OK;
    }
}
