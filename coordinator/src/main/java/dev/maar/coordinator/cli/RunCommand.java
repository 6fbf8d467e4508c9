package dev.maar.coordinator.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code maar run}: the main job. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "A crater run: builds, tests and measures every adopter against both sides.")
final class RunCommand implements Callable<Integer> {

    @ParentCommand
    private MaarCommand maar;

    @Mixin
    private MeasureOptions options;

    @Mixin
    private CraterOptions crater;

    @Override
    public Integer call() throws Exception {
        return new ExperimentSession(maar, options).run(crater.question());
    }
}
