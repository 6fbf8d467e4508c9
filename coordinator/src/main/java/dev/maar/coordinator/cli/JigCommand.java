package dev.maar.coordinator.cli;

import dev.maar.agent.job.Stage;
import dev.maar.coordinator.experiment.Request;
import dev.maar.coordinator.inner.Telling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code maar jig}: one adopter's hot path. */
@Command(
        name = "jig",
        mixinStandardHelpOptions = true,
        description = {
            "One adopter's jigs on two sides: build, live pairs, verdict.",
            "Of an edited subject only the edited sources are compiled, where Maven is not needed for more. The first",
            "line about a case comes after 2 pairs and is no verdict; pairs then go on until there is one.",
            "With --watch it starts over whenever a source of the subject or the adopter is saved, until Ctrl-C."
        })
final class JigCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

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

    @Option(
            names = "--watch",
            description =
                    "Stay, and start over on each edit. A verdict, a compile error or a failure is told, and the watch goes"
                            + " on; what budget quick leaves undecided goes on with budget standard.")
    private boolean watch;

    @Option(
            names = "--refs",
            paramLabel = "SIDE,SIDE,...",
            split = ",",
            description = "Instead of two sides: each of these against the first, in one table.")
    private List<String> refs = new ArrayList<>();

    @Option(
            names = "--profile",
            description =
                    "After the verdict, profile both sides whatever it is, and write the flame graph of the difference into"
                            + " the run's folder. A change of 5 %% or more is profiled in any case.")
    private boolean profile;

    @Option(
            names = "--json-lines",
            paramLabel = "FILE",
            description =
                    "Write what happens as lines of JSON, at once; - is standard output, and nothing else goes there then.")
    private Optional<String> jsonLines;

    @Override
    public Integer call() throws Exception {
        if (watch && !refs.isEmpty()) {
            final CommandLine line = spec.commandLine();
            throw new ParameterException(
                    line, "--watch and --refs do not go together: refs do not change when a file is saved");
        }
        if (watch && options.json().isPresent()) {
            final CommandLine line = spec.commandLine();
            throw new ParameterException(line, "--json is for one result; with --watch use --json-lines");
        }
        final JigSession session = new JigSession(maar, options, jsonLines, profile);
        if (watch) {
            return session.watch(question(sides.a(), sides.b()));
        }
        if (refs.isEmpty()) {
            return session.once(question(sides.a(), sides.b()));
        }
        if (refs.size() < 2) {
            final CommandLine line = spec.commandLine();
            throw new ParameterException(line, "--refs wants at least two sides, such as v1.0,v1.1,CURRENT");
        }
        final Optional<String> first = Optional.of(refs.get(0));
        return session.refs(refs.subList(1, refs.size()).stream()
                .map(ref -> question(first, ref))
                .toList());
    }

    /** The same for a program that reads the events, and nothing on standard output. */
    JigFarm.Done answer(final Telling telling) throws Exception {
        return new JigSession(maar, options, Optional.of("-"), profile).answer(question(sides.a(), sides.b()), telling);
    }

    private Question question(final Optional<String> a, final String b) {
        final int slash = target.indexOf('/');
        final String adopter = slash < 0 ? target : target.substring(0, slash);
        final Optional<String> jig = slash < 0 ? Optional.empty() : Optional.of(target.substring(slash + 1));
        return new Question(
                "jig " + target,
                a,
                b,
                adopter,
                List.of(Stage.BUILD, Stage.MEASURE),
                new Request.Only(jig, setting),
                false);
    }
}
