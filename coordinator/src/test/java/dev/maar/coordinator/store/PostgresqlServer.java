package dev.maar.coordinator.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A PostgreSQL server on loopback with data of its own, gone when it is closed. */
final class PostgresqlServer implements AutoCloseable {

    private final Path programs;
    private final Path data;
    private final int port;
    private int databases;

    private PostgresqlServer(final Path programs, final Path data, final int port) {
        this.programs = programs;
        this.data = data;
        this.port = port;
    }

    /** Starts the newest that is installed. */
    static Optional<PostgresqlServer> startWhereInstalled() throws IOException, InterruptedException {
        final Path versions = Path.of("/usr/lib/postgresql");
        if (!Files.isDirectory(versions)) {
            return Optional.empty();
        }
        final Optional<Path> programs;
        try (Stream<Path> folders = Files.list(versions)) {
            programs = folders.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.naturalOrder());
        }
        if (programs.isEmpty()) {
            return Optional.empty();
        }
        // The server refuses to run as root, so its folder belongs to whoever it runs as.
        final Path data = Path.of(
                run("mktemp", "-d", "--tmpdir", "maar-postgresql.XXXXXX").strip());
        final int port = freePort();
        final PostgresqlServer server = new PostgresqlServer(programs.get(), data, port);
        run(server.program("initdb"), "-D", data.toString(), "-U", "maar", "--auth=trust", "-E", "UTF8", "--locale=C");
        run(
                server.program("pg_ctl"),
                "-D",
                data.toString(),
                "-w",
                "-l",
                data.resolve("log").toString(),
                "-o",
                "-p " + port + " -c listen_addresses=127.0.0.1 -k " + data,
                "start");
        return Optional.of(server);
    }

    /** The address of a new, empty database. */
    String freshUrl() throws IOException, InterruptedException {
        final String name = "store" + ++databases;
        run(program("createdb"), "-h", "127.0.0.1", "-p", Integer.toString(port), "-U", "maar", name);
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + name + "?user=maar";
    }

    private String program(final String name) {
        return programs.resolve(name).toString();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String run(final String... words) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>();
        if (System.getProperty("user.name", "").equals("root")) {
            command.addAll(List.of("runuser", "-u", "postgres", "--"));
        }
        command.addAll(List.of(words));
        // A file, for a server that was started keeps a pipe open for ever.
        final Path output = Files.createTempFile("maar-postgresql", ".out");
        try {
            final Process process = new ProcessBuilder(command)
                    .directory(Path.of("/").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            final int code = process.waitFor();
            final String said = Files.readString(output, StandardCharsets.UTF_8);
            if (code != 0) {
                throw new IOException(command + ": " + said);
            }
            return said;
        } finally {
            Files.delete(output);
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        run(program("pg_ctl"), "-D", data.toString(), "-m", "immediate", "-w", "stop");
        run("rm", "-rf", data.toString());
    }
}
