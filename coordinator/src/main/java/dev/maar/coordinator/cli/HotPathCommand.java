package dev.maar.coordinator.cli;

import dev.maar.coordinator.experiment.HotPathResult;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code maar hotpath}: the hot-path suite on one side. */
@Command(
        name = "hotpath",
        mixinStandardHelpOptions = true,
        description =
                "The hot-path suite on one side: time, rate, spread, latencies and allocation for each transport and size.")
final class HotPathCommand implements Callable<Integer> {

    @ParentCommand
    private MaarCommand maar;

    @Mixin
    private MeasureOptions options;

    @Option(
            names = "--ref",
            paramLabel = "SIDE",
            description = "The side (default: ${DEFAULT-VALUE}).",
            defaultValue = "CURRENT")
    private String ref;

    @Override
    public Integer call() throws Exception {
        options.askForTheSuite();
        final HotPathResult result = new HotPathSession(maar, options).run(ref);
        final boolean failed =
                result.results().stream().anyMatch(row -> !row.failure().isEmpty());
        return failed || result.results().equals(List.of()) ? ExitCode.NO_VERDICT : ExitCode.OK;
    }
}
