package dev.maar.coordinator.cli;

import dev.maar.coordinator.experiment.Request;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code maar run}: the main job. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "A crater run: builds, tests and measures every adopter against both sides.")
final class RunCommand implements Callable<Integer> {

    @ParentCommand
    private MaarCommand maar;

    @Spec
    private CommandSpec spec;

    @Mixin
    private MeasureOptions options;

    @Option(
            names = "--a",
            paramLabel = "SIDE",
            description = "The baseline (default: merge base of HEAD and the default branch).")
    private Optional<String> a;

    @Option(
            names = "--b",
            paramLabel = "SIDE",
            description = "The candidate (default: ${DEFAULT-VALUE}).",
            defaultValue = "CURRENT")
    private String b;

    @Option(
            names = "--adopters",
            paramLabel = "SELECTION",
            description = "all, NAME,NAME, label:L, random:N, top:N, file:F or failed:EXPERIMENT"
                    + " (default: ${DEFAULT-VALUE}).",
            defaultValue = "all")
    private String adopters;

    @Option(
            names = "--stages",
            paramLabel = "LIST",
            split = ",",
            description = "Which of build,test,measure (default: all).",
            defaultValue = "build,test,measure")
    private List<String> stages;

    @Override
    public Integer call() throws Exception {
        return new ExperimentSession(maar, options)
                .run(new Question("run", a, b, adopters, MeasureOptions.stages(spec, stages), Request.Only.ALL, true));
    }
}
