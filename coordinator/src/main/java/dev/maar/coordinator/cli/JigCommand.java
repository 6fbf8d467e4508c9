package dev.maar.coordinator.cli;

import dev.maar.agent.job.Stage;
import dev.maar.coordinator.experiment.Request;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code maar jig}: one adopter's hot path. */
@Command(
        name = "jig",
        mixinStandardHelpOptions = true,
        description = "One adopter's jigs on two sides: build, live pairs, verdict.")
final class JigCommand implements Callable<Integer> {

    @ParentCommand
    private MaarCommand maar;

    @Mixin
    private MeasureOptions options;

    @Parameters(paramLabel = "ADOPTER[/JIG]", description = "The adopter, and one of its jigs.")
    private String target;

    @Mixin
    private SideOptions sides;

    @Option(
            names = "--case",
            paramLabel = "NAME=VALUE",
            split = ",",
            description = "Only cases with these settings, such as transport=shm,payloadBytes=64.")
    private Map<String, String> setting = new LinkedHashMap<>();

    @Override
    public Integer call() throws Exception {
        final int slash = target.indexOf('/');
        final String adopter = slash < 0 ? target : target.substring(0, slash);
        final Optional<String> jig = slash < 0 ? Optional.empty() : Optional.of(target.substring(slash + 1));
        return new ExperimentSession(maar, options)
                .run(new Question(
                        "jig " + target,
                        sides.a(),
                        sides.b(),
                        adopter,
                        List.of(Stage.BUILD, Stage.MEASURE),
                        new Request.Only(jig, setting),
                        false));
    }
}
