package dev.maar.coordinator.cli;

import dev.maar.agent.sandbox.SandboxChoice;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code maar coordinator}: a farm of several processes. */
@Command(
        name = "coordinator",
        mixinStandardHelpOptions = true,
        description = {
            "Does a crater run on the agents of a farm, and ends with its verdict.",
            "An experiment in the store that was not finished goes on first. Agents join by `maar agent`;",
            "they need the farm's keys (--secret) and nothing else of this machine.",
            "With --sandbox bwrap only agents that have a sandbox get jobs; --no-cache and --cache-size are",
            "for agents."
        })
final class CoordinatorCommand implements Callable<Integer> {

    @ParentCommand
    private MaarCommand maar;

    @Mixin
    private MeasureOptions options;

    @Mixin
    private CraterOptions crater;

    @Mixin
    private ClusterOptions cluster;

    @Spec
    private CommandSpec spec;

    @Option(names = "--run", description = "Plan a crater run, unless one goes on that was not finished.")
    private boolean run;

    @Option(names = "--anew", description = "Give up what was not finished before.")
    private boolean anew;

    @Option(
            names = "--store",
            paramLabel = "URL",
            description = "jdbc:sqlite:FILE or jdbc:postgresql://HOST:PORT/DATABASE?user=U"
                    + " (default: maar.db in the state folder).")
    private Optional<String> store;

    @Override
    public Integer call() throws Exception {
        for (final String name : List.of(BuildOptions.NO_CACHE, BuildOptions.CACHE_SIZE)) {
            if (spec.commandLine().getParseResult().hasMatchedOption(name)) {
                throw new ParameterException(spec.commandLine(), name + ": agents build; give it to `maar agent`");
            }
        }
        if (options.building().sandbox() == SandboxChoice.Wish.DOCKER) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--sandbox: no agent can put builds and forks into containers; use bwrap or none");
        }
        final String url = store.orElse("jdbc:sqlite:" + maar.state().resolve("maar.db"));
        return new CoordinatorSession(maar, options, cluster, url)
                .run(run ? Optional.of(crater.question()) : Optional.empty(), anew);
    }
}
