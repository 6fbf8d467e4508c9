package dev.maar.coordinator.cli;

import dev.maar.agent.doctor.Doctor;
import dev.maar.agent.doctor.Finding;
import dev.maar.agent.lease.Agent;
import dev.maar.agent.lease.ClusterSettings;
import dev.maar.agent.lease.Secret;
import dev.maar.agent.run.JobRunner;
import dev.maar.agent.sandbox.Sandbox;
import dev.maar.agent.sandbox.SandboxChoice;
import dev.maar.agent.source.Arrivals;
import dev.maar.agent.source.FileMutex;
import dev.maar.coordinator.dispatch.EmbeddedFarm;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

/** {@code maar agent}: builds, tests and measures for a coordinator. */
@Command(
        name = "agent",
        mixinStandardHelpOptions = true,
        description = {
            "Builds, tests and measures for a coordinator, until it is stopped.",
            "Outlives its coordinator; results wait on disk until they are acknowledged."
        })
final class AgentCommand implements Callable<Integer> {

    private static final int ANY_PORT = 0;
    private static final Duration WATCH = Duration.ofSeconds(1);

    @ParentCommand
    private MaarCommand maar;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private BuildOptions building;

    @Option(
            names = "--join",
            paramLabel = "HOST:PORT",
            split = ",",
            description = "Where coordinators are (default: ${DEFAULT-VALUE}).",
            defaultValue = ClusterSettings.ADDRESS + ":" + ClusterSettings.PORT)
    private List<String> join;

    @Option(
            names = "--name",
            paramLabel = "ID",
            description =
                    "The agent's name, unique in the farm and the same at each start" + " (default: the host's name).")
    private Optional<String> name;

    @Option(
            names = "--drain",
            paramLabel = "SECONDS",
            description = "How long a job may go on after SIGTERM or Ctrl-C before it is given back"
                    + " (default: ${DEFAULT-VALUE}).",
            defaultValue = "20")
    private int drain;

    @Option(names = "--quiet", description = "No progress.")
    private boolean quiet;

    private volatile Optional<Agent> working = Optional.empty();

    @Override
    public Integer call() throws Exception {
        final String id =
                name.isPresent() ? name.get() : InetAddress.getLocalHost().getHostName();
        if (!id.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}")) {
            throw new ParameterException(
                    spec.commandLine(), "--name: '" + id + "' must be letters, digits, dots, - and _, at most 63");
        }
        if (drain < 0) {
            throw new ParameterException(
                    spec.commandLine(), "--drain: " + drain + " is not a number of seconds from 0");
        }
        final Console console = Console.of(false, true, quiet);
        check(console);
        final Secret secret = cluster.agentSecret(maar.state());
        final Sandbox sandbox = sandbox(console);
        final Path home = Files.createDirectories(maar.state().resolve("agents").resolve(id));
        final Optional<FileMutex> alone = FileMutex.tryAcquire(home.resolve("lock"));
        if (alone.isEmpty()) {
            throw new IOException("an agent named " + id + " runs here already; --name gives this one another name");
        }
        try (FileMutex held = alone.get();
                Interruption interruption = Interruption.watch(() -> drain(console), Duration.ofSeconds(drain))) {
            try (EmbeddedFarm machine =
                    EmbeddedFarm.open(maar.state(), sandbox, building.cacheBytes(), maar.agentSettings())) {
                work(id, home, machine, secret, console);
            } catch (final InterruptedException e) {
                console.say("maar: agent " + id + " was interrupted");
            }
            console.say("maar: agent " + id + " stopped");
            return interruption.happened() ? ExitCode.INTERRUPTED : ExitCode.NO_VERDICT;
        }
    }

    /** Says what would spoil this agent's work; where nothing would come of its jobs, it does not join. */
    private void check(final Console console) throws IOException, InterruptedException {
        final List<Finding> findings = Doctor.examine(maar.state(), WATCH);
        for (final Finding finding : findings) {
            if (finding.state() == Finding.State.NOISY) {
                console.say("maar: noisy: " + finding.subject() + ": " + finding.detail() + "; " + finding.mend());
            }
        }
        final List<String> broken = findings.stream()
                .filter(finding -> finding.state() == Finding.State.BROKEN)
                .map(finding -> finding.subject() + ": " + finding.detail() + "; " + finding.mend())
                .toList();
        if (!broken.isEmpty()) {
            throw new IOException(
                    "this machine can do no job of a farm: " + String.join("; ", broken) + " (maar doctor says more)");
        }
    }

    private Sandbox sandbox(final Console console) throws Exception {
        final SandboxChoice choice = SandboxChoice.of(building.sandbox(), EmbeddedFarm.visible(maar.state()));
        console.say("maar: sandbox " + choice.sandbox().label() + " (" + choice.reason() + ")");
        return choice.sandbox();
    }

    private void work(
            final String id, final Path home, final EmbeddedFarm machine, final Secret secret, final Console console)
            throws IOException, InterruptedException {
        final JobRunner runner = machine.runner(
                id, Files.createDirectories(home.resolve("logs")), building.fresh(), what -> console.say("  " + what));
        final Arrivals arrivals = new Arrivals(home.resolve("arrived"), machine.scratch(), machine.jdks());
        arrivals.evict(building.cacheBytes());
        try (Agent agent = Agent.join(
                runner,
                cluster.settings(ANY_PORT, join),
                secret,
                MaarCommand.VERSION,
                home.resolve("spool"),
                arrivals,
                machine.jdks(),
                line -> console.say("maar: agent " + id + ": " + line))) {
            working = Optional.of(agent);
            agent.work();
        }
    }

    /** Whether there is an agent that comes to its end by itself. */
    private boolean drain(final Console console) {
        final Optional<Agent> agent = working;
        if (agent.isPresent()) {
            console.say("maar: takes no more jobs; one that runs has " + drain + " s");
            agent.get().drain();
        }
        return agent.isPresent();
    }
}
