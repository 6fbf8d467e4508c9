package dev.maar.agent.run;

import dev.maar.agent.job.AgentFacts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads an agent's facts from the machine it runs on. */
public final class MachineFacts {

    private MachineFacts() {}

    /**
     * The facts of this machine, used without a sandbox.
     *
     * @param id the agent's id
     * @return its facts; what can not be read is said to be unknown
     */
    public static AgentFacts read(final String id) {
        return read(id, "none", List.of());
    }

    /**
     * The facts of this machine.
     *
     * @param id the agent's id
     * @param sandbox the name of the sandbox it uses
     * @param versions those of the JDKs it can use
     * @return its facts; what can not be read is said to be unknown
     */
    public static AgentFacts read(final String id, final String sandbox, final List<String> versions) {
        return new AgentFacts(
                id,
                hostName(),
                valueOf(Path.of("/proc/cpuinfo"), "model name").orElse("unknown CPU"),
                Runtime.getRuntime().availableProcessors(),
                memoryBytes(),
                System.getProperty("os.name", "unknown"),
                System.getProperty("os.version", "unknown"),
                Stream.concat(
                                Stream.of(System.getProperty("java.vendor", "unknown") + " "
                                        + System.getProperty("java.runtime.version", "unknown")),
                                versions.stream())
                        .toList(),
                sandbox);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (final UnknownHostException e) {
            return "localhost";
        }
    }

    private static long memoryBytes() {
        return valueOf(Path.of("/proc/meminfo"), "MemTotal")
                .map(value -> Long.parseLong(value.replace(" kB", "").strip()) << 10)
                .orElse(0L);
    }

    private static Optional<String> valueOf(final Path file, final String key) {
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(key))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst();
        } catch (final IOException e) {
            return Optional.empty();
        }
    }
}
