package dev.maar.transport.mesh;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a runtime finds others.
 *
 * @param directory where the runtimes of this host meet; made when it is not there
 * @param peers where runtimes of other hosts listen; resolved each time they are called
 * @param listen where this runtime listens for those of other hosts; empty for nowhere
 * @param secret what runtimes of other hosts have to know; may be empty only when all addresses are on this host
 * @param keepAlive how often something is said to a peer of another host at the least
 * @param silence after how much silence such a peer counts as gone, and how long a greeting may take
 */
public record MeshSettings(
        Path directory,
        List<InetSocketAddress> peers,
        Optional<InetSocketAddress> listen,
        Optional<Secret> secret,
        Duration keepAlive,
        Duration silence) {}
