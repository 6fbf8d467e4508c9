package dev.maar.transport.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** One candidate, once, in new processes: all sizes of one pattern. */
final class Trial implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;
    private static final long PROFILE_MILLIS = 3_000;

    /** What the profiler needs before and after its samples. */
    private static final long ASIDE_MILLIS = 1_000;

    private static final Path MEMORY = Path.of("/dev/shm");

    private final Path directory;
    private final List<Peer> peers = new ArrayList<>();

    private Trial(final Path directory) {
        this.directory = directory;
    }

    /** A process that answers each line with a line. */
    private record Peer(Process process, BufferedReader answers, PrintWriter orders) {

        String ask(final String order) throws IOException {
            order(order);
            return answer();
        }

        void order(final String order) {
            orders.println(order);
        }

        String answer() throws IOException {
            try {
                return CompletableFuture.supplyAsync(this::line).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (final ExecutionException | TimeoutException failure) {
                throw new IOException("no answer: " + failure, failure);
            } catch (final InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", interrupted);
            }
        }

        private String line() {
            try {
                final String line = answers.readLine();
                if (line == null) {
                    throw new IllegalStateException("the process has ended");
                }
                return line;
            } catch (final IOException failure) {
                throw new IllegalStateException(failure);
            }
        }
    }

    /** Where the CPU time goes while a candidate is measured, for each size; what is measured meanwhile counts for nothing. */
    static Map<Integer, String> profile(
            final Candidate candidate, final Pattern pattern, final int processes, final Form form) throws IOException {
        try (Trial trial = new Trial(Files.createTempDirectory(parent(), "maar-bench-"))) {
            final Map<Integer, String> profiles = new TreeMap<>();
            trial.each(candidate, pattern, processes, form, (size, near) -> {
                near.order(run(pattern, size, form.warmMillis(size), PROFILE_MILLIS + 2 * ASIDE_MILLIS));
                // Not a wait for something to happen: the warm-up is to be over, and tells nobody.
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(form.warmMillis(size) + ASIDE_MILLIS));
                profiles.put(
                        size,
                        new Profiler(trial.directory)
                                .profile(trial.peers.stream().map(Peer::process).toList(), PROFILE_MILLIS));
                near.answer();
            });
            return profiles;
        }
    }

    /** The median time per message in nanoseconds for each size. */
    static Map<Integer, Double> run(
            final Candidate candidate, final Pattern pattern, final int processes, final Form form) throws IOException {
        try (Trial trial = new Trial(Files.createTempDirectory(parent(), "maar-bench-"))) {
            final Map<Integer, Double> medians = new HashMap<>();
            trial.each(
                    candidate,
                    pattern,
                    processes,
                    form,
                    (size, near) -> medians.put(
                            size,
                            Spread.of(numbers(
                                            near.ask(run(pattern, size, form.warmMillis(size), form.measureMillis()))))
                                    .median()));
            return medians;
        }
    }

    private static Path parent() {
        return Files.isDirectory(MEMORY) ? MEMORY : Path.of(System.getProperty("java.io.tmpdir"));
    }

    private static String run(final Pattern pattern, final int size, final long warmMillis, final long measureMillis) {
        return "run " + pattern.name() + " " + size + " " + warmMillis + " " + measureMillis;
    }

    /** What is asked of the near end for each size. */
    private interface Question {
        void ask(int size, Peer near) throws IOException;
    }

    private void each(
            final Candidate candidate,
            final Pattern pattern,
            final int processes,
            final Form form,
            final Question question)
            throws IOException {
        try {
            final int port = freePort();
            final Peer first = start(candidate, port, true);
            final Peer near = processes == 1 ? first : start(candidate, port, false);
            for (final int size : form.sizes()) {
                if (!candidate.isOneThread()) {
                    first.ask("open " + size);
                }
                question.ask(size, near);
                first.ask("close");
            }
        } catch (final IOException failure) {
            throw new IOException(failure.getMessage() + " (" + lastError() + ")", failure);
        }
    }

    private static double[] numbers(final String line) throws IOException {
        try {
            return Arrays.stream(line.split(" "))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
        } catch (final NumberFormatException notNumbers) {
            throw new IOException("it said: " + line, notNumbers);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Peer start(final Candidate candidate, final int port, final boolean first) throws IOException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--add-exports", "java.base/jdk.internal.misc=ALL-UNNAMED"));
        command.addAll(List.of("-Xmx1g", "-XX:MaxDirectMemorySize=1g"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Fork.class.getName()));
        command.addAll(
                List.of(candidate.label(), directory.toString(), Integer.toString(port), Boolean.toString(first)));
        final Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(errors().toFile()))
                .start();
        final Peer peer = new Peer(
                process,
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)),
                new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8));
        peers.add(peer);
        if (!peer.answer().equals("ready")) {
            throw new IOException(candidate.label() + " does not start");
        }
        return peer;
    }

    private Path errors() {
        return directory.resolve("errors");
    }

    private String lastError() throws IOException {
        final List<String> lines = Files.exists(errors()) ? Files.readAllLines(errors()) : List.of();
        return lines.stream()
                .filter(line -> line.contains("Exception"))
                .findFirst()
                .orElse("no error is known");
    }

    /** Ends the processes, the one that came last first, and removes what they leave. */
    @Override
    public void close() throws IOException {
        for (int i = peers.size() - 1; i >= 0; i--) {
            final Process process = peers.get(i).process();
            peers.get(i).orders().close();
            try {
                if (!process.waitFor(PATIENCE_SECONDS / 6, TimeUnit.SECONDS)) {
                    process.destroyForcibly().waitFor();
                }
            } catch (final InterruptedException interrupted) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (final Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
