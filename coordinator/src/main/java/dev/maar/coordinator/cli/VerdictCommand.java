package dev.maar.coordinator.cli;

import dev.maar.agent.measure.Budget;
import dev.maar.coordinator.experiment.PlanException;
import dev.maar.coordinator.merge.Merge;
import dev.maar.coordinator.plan.Plan;
import dev.maar.coordinator.plan.RunFolder;
import dev.maar.coordinator.report.Report;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code maar verdict}: judges kept data again, offline. */
@Command(
        name = "verdict",
        mixinStandardHelpOptions = true,
        description = "Recomputes the verdicts of an earlier run from its kept raw data.")
final class VerdictCommand implements Callable<Integer> {

    @Parameters(paramLabel = "RAW", description = "A run's folder, or the raw folder in it.")
    private Path raw;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the report as JSON; - is standard output.")
    private Optional<String> json;

    @Option(names = "--no-color", description = "No colour.")
    private boolean noColor;

    @Override
    public Integer call() throws Exception {
        final Path given = raw.toAbsolutePath().normalize();
        final Path run = Files.exists(given.resolve("plan.json")) ? given : given.getParent();
        if (run == null || !Files.exists(run.resolve("plan.json"))) {
            throw new PlanException(
                    given + " is not the folder of a run: there is no plan.json; runs are in .maar/runs");
        }
        final RunFolder folder = new RunFolder(run);
        final Plan plan = folder.plan();
        final Merge.Merged merged = new Merge(
                        plan, run, Budget.of(plan.budget()).rules(), plan.judged())
                .merge(folder.agents(), folder.kept(), Report.Status.COMPLETED, Instant.now());
        final Console console = Console.of(json.map("-"::equals).orElse(false), noColor, false);
        ExperimentSession.show(merged.report(), run, console, json);
        return ExperimentSession.code(merged);
    }
}
