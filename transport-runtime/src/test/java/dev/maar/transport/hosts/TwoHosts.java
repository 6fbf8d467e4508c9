package dev.maar.transport.hosts;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Two network namespaces of this machine, with a wire between them that a program of this test's is: what goes through it
 * can be lost, delayed, sent ahead, or stopped. Needs root, iproute2, python3 and {@code /dev/net/tun}.
 */
final class TwoHosts implements AutoCloseable {

    /** "true" where the tests must not be skipped. */
    static final String REQUIRED_ENV = "MAAR_TEST_ALL";

    static final String ADDRESS_A = "10.77.0.1";
    static final String ADDRESS_B = "10.77.0.2";

    private static final String WIRE_PROGRAM = "/dev/maar/transport/hosts-wire.py";
    private static final long PATIENCE_SECONDS = 20;

    /**
     * What the wire does.
     *
     * @param loss of how many packets, from 0 to 1
     * @param delayMillis each way
     * @param reorder how many packets are sent ahead of those that wait, from 0 to 1
     * @param cut whether nothing comes through
     * @param noUdp whether UDP does not
     */
    record Weather(double loss, double delayMillis, double reorder, boolean cut, boolean noUdp) {

        static final Weather FINE = new Weather(0, 0, 0, false, false);
        static final Weather BAD = new Weather(0.01, 20, 0.05, false, false);
        static final Weather CUT = new Weather(0, 0, 0, true, false);
        static final Weather NO_UDP = new Weather(0, 0, 0, false, true);
    }

    /** What the wire has done so far, in packets. */
    record Traffic(long forwarded, long lost, long ahead) {}

    private final String prefix = "maar-" + ProcessHandle.current().pid() + "-"
            + Long.toString(System.nanoTime() & 0xFFFFF, Character.MAX_RADIX) + "-";

    private final List<Process> programs = new ArrayList<>();
    private final Process wire;
    private final BufferedReader answers;
    private final BufferedWriter orders;

    /** Makes both hosts, in fine weather. */
    TwoHosts(final Path temporary, final long seed) throws IOException {
        final Path program = temporary.resolve("hosts-wire.py");
        try (InputStream resource = TwoHosts.class.getResourceAsStream(WIRE_PROGRAM)) {
            if (resource == null) {
                throw new IOException("the wire's program is missing");
            }
            Files.copy(resource, program);
        }
        run("ip", "netns", "add", prefix + "a");
        run("ip", "netns", "add", prefix + "b");
        wire = new ProcessBuilder("python3", program.toString(), prefix + "a", prefix + "b", Long.toString(seed))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        programs.add(wire);
        answers = new BufferedReader(new InputStreamReader(wire.getInputStream(), StandardCharsets.UTF_8));
        orders = new BufferedWriter(new OutputStreamWriter(wire.getOutputStream(), StandardCharsets.UTF_8));
        if (!"ready".equals(answers.readLine())) {
            throw new IOException("the wire did not start");
        }
        connect("a", ADDRESS_A);
        connect("b", ADDRESS_B);
    }

    /** Why there can be no two hosts here; empty when there can. */
    static String hindrance() {
        try {
            run("ip", "netns", "list");
            run("python3", "--version");
        } catch (final IOException missing) {
            return missing.getMessage() + ": install iproute2 and python3, and be root";
        }
        if (!Files.isWritable(Path.of("/dev/net/tun"))) {
            return "/dev/net/tun can not be opened: be root, on a kernel with TUN devices";
        }
        final String name = "maar-" + ProcessHandle.current().pid();
        try {
            run("ip", "netns", "add", name);
            run("ip", "netns", "delete", name);
            return "";
        } catch (final IOException refused) {
            return refused.getMessage() + ": be root";
        }
    }

    private void connect(final String host, final String address) throws IOException {
        run("ip", "-n", prefix + host, "link", "set", "lo", "up");
        run("ip", "-n", prefix + host, "address", "add", address + "/24", "dev", "wire");
        run("ip", "-n", prefix + host, "link", "set", "wire", "up", "multicast", "on");
        run("ip", "-n", prefix + host, "route", "add", "224.0.0.0/4", "dev", "wire");
    }

    private static void run(final String... command) throws IOException {
        final Process process =
                new ProcessBuilder(command).redirectErrorStream(true).start();
        final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + ": " + output.strip());
            }
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }

    /** Changes the weather, and says what has gone through the wire so far. */
    Traffic set(final Weather weather) throws IOException {
        orders.write(String.format(
                Locale.ROOT,
                "%f %f %f %d %d%n",
                weather.loss(),
                weather.delayMillis(),
                weather.reorder(),
                weather.cut() ? 1 : 0,
                weather.noUdp() ? 1 : 0));
        orders.flush();
        final String[] counts = answers.readLine().split(" ");
        return new Traffic(Long.parseLong(counts[0]), Long.parseLong(counts[1]), Long.parseLong(counts[2]));
    }

    Conversation startA(final Class<?> main, final String... arguments) throws IOException {
        return start("a", main, arguments);
    }

    Conversation startB(final Class<?> main, final String... arguments) throws IOException {
        return start("b", main, arguments);
    }

    private Conversation start(final String host, final Class<?> main, final String... arguments) throws IOException {
        final List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", prefix + host));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1", "-Xmx256m"));
        command.addAll(List.of("--add-exports", "java.base/jdk.internal.misc=ALL-UNNAMED"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        final Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        programs.add(process);
        return new Conversation(process);
    }

    @Override
    public void close() {
        try {
            for (final Process program : programs) {
                program.destroyForcibly();
                if (!program.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    throw new AssertionError("a program does not end: " + program);
                }
            }
            run("ip", "netns", "delete", prefix + "a");
            run("ip", "netns", "delete", prefix + "b");
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (final IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
