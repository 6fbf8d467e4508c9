package dev.maar.coordinator.cli;

import dev.maar.agent.job.Stage;
import dev.maar.coordinator.experiment.Request;
import dev.maar.coordinator.inner.Telling;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code maar ab}: the hot-path suite as an A/B. */
@Command(
        name = "ab",
        mixinStandardHelpOptions = true,
        description = "The hot-path suite on two sides, interleaved, with a verdict.")
final class AbCommand implements Callable<Integer> {

    /** Adopter zero: the hot-path suite. */
    static final String SUITE = "hotpath";

    @ParentCommand
    private MaarCommand maar;

    @Mixin
    private MeasureOptions options;

    @Option(
            names = {"--a", "--ref-a"},
            paramLabel = "SIDE",
            description = "The baseline (default: merge base of HEAD and the default branch).")
    private Optional<String> a;

    @Option(
            names = {"--b", "--ref-b"},
            paramLabel = "SIDE",
            description = "The candidate (default: ${DEFAULT-VALUE}).",
            defaultValue = "CURRENT")
    private String b;

    @Override
    public Integer call() throws Exception {
        options.askForTheSuite();
        return new ExperimentSession(maar, options).run(question());
    }

    /** The same for a program that reads the events, and nothing on standard output. */
    JigFarm.Done answer(final Telling telling) throws Exception {
        options.askForTheSuite();
        return new JigSession(maar, options, Optional.of("-"), false).answer(question(), telling);
    }

    private Question question() {
        return new Question("ab", a, b, SUITE, List.of(Stage.BUILD, Stage.MEASURE), Request.Only.ALL, false);
    }
}
