package dev.maar.coordinator.cli;

import dev.maar.agent.lease.ClusterSettings;
import dev.maar.agent.lease.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of the processes that make up a farm. */
final class ClusterOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            description =
                    "The address of this machine to listen on, or a name of it; who reaches it reaches the farm (default: ${DEFAULT-VALUE}).",
            defaultValue = ClusterSettings.ADDRESS)
    private String bind;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "The port to listen on (default: " + ClusterSettings.PORT
                    + " for a coordinator, any free one for an agent).")
    private Optional<Integer> port;

    @Option(
            names = "--cluster",
            paramLabel = "NAME",
            description = "The farm's name, the same for all its processes (default: ${DEFAULT-VALUE}).",
            defaultValue = ClusterSettings.NAME)
    private String cluster;

    @Option(
            names = "--secret",
            paramLabel = "FILE",
            description =
                    "The farm's keys, the same for all its processes (default: cluster.secret in the state folder,"
                            + " which a coordinator makes).")
    private Optional<Path> secret;

    @Option(
            names = "--lease",
            paramLabel = "SECONDS",
            description = "How long a job stays with an agent that is not heard of (default: ${DEFAULT-VALUE}).",
            defaultValue = "15")
    private int lease;

    ClusterSettings settings(final int defaultPort, final List<String> coordinators) {
        if (port.isPresent() && (port.get() < 1 || port.get() > 65_535)) {
            throw new ParameterException(spec.commandLine(), "--port: " + port.get() + " is not between 1 and 65535");
        }
        if (lease < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--lease: " + lease + " is not a number of seconds above 0");
        }
        return new ClusterSettings(
                cluster, address(), port.orElse(defaultPort), coordinators, Duration.ofSeconds(lease));
    }

    /** In a container the address is known only when it runs, and its name before. */
    private String address() {
        try {
            return InetAddress.getByName(bind).getHostAddress();
        } catch (final UnknownHostException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--bind: '" + bind + "' is neither an address nor a name that is known here",
                    e);
        }
    }

    Secret coordinatorSecret(final Path state) throws IOException {
        return secret.isPresent()
                ? Secret.read(secret.get(), Clock.systemUTC())
                : Secret.readOrDraw(state.resolve("cluster.secret"), Clock.systemUTC());
    }

    Secret agentSecret(final Path state) throws IOException {
        return Secret.read(secret.orElse(state.resolve("cluster.secret")), Clock.systemUTC());
    }
}
