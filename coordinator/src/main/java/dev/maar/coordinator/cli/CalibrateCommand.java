package dev.maar.coordinator.cli;

import dev.maar.agent.job.Stage;
import dev.maar.coordinator.experiment.Request;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code maar calibrate}: this machine's noise, and the thresholds that follow from it. */
@Command(
        name = "calibrate",
        mixinStandardHelpOptions = true,
        description = {
            "Measures equal sides on this machine, case by case: its noise, what it comes from, and from when on a",
            "difference matters. Later runs on this machine with the same budget use these thresholds."
        })
final class CalibrateCommand implements Callable<Integer> {

    @ParentCommand
    private MaarCommand maar;

    @Mixin
    private MeasureOptions options;

    @Option(
            names = "--ref",
            paramLabel = "SIDE",
            description = "The side that is measured against itself (default: ${DEFAULT-VALUE}).",
            defaultValue = "HEAD")
    private String ref;

    @Option(
            names = "--adopters",
            paramLabel = "SELECTION",
            description = "Whose cases are measured, as with run (default: ${DEFAULT-VALUE}).",
            defaultValue = "all")
    private String adopters;

    @Override
    public Integer call() throws Exception {
        return new CalibrationSession(maar, options)
                .run(new Question(
                        "calibrate",
                        Optional.of(ref),
                        ref,
                        adopters,
                        List.of(Stage.BUILD, Stage.MEASURE),
                        Request.Only.ALL,
                        false));
    }
}
