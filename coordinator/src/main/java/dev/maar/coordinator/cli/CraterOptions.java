package dev.maar.coordinator.cli;

import dev.maar.coordinator.experiment.Request;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a crater run asks for: sides, adopters, stages. */
final class CraterOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Mixin
    private SideOptions sides;

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

    Question question() {
        return new Question(
                "run", sides.a(), sides.b(), adopters, MeasureOptions.stages(spec, stages), Request.Only.ALL, true);
    }
}
