package dev.maar.transport.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Says where the CPU time of running processes goes, compiled Java and kernel alike, by {@code perf} with the symbols that {@code jcmd PID
 * Compiler.perfmap} writes. Linux; kernel symbols take a {@code kernel.perf_event_paranoid} of 1 or root.
 */
final class Profiler {

    /** A share below this says nothing on two shared cores. */
    private static final String LEAST_PERCENT = "1";

    private static final String SAMPLES_PER_SECOND = "4999";
    private static final int MOST_LINES = 30;
    private static final long PATIENCE_SECONDS = 60;

    private final Path data;

    /** Keeps its samples in a directory. */
    Profiler(final Path directory) {
        this.data = directory.resolve("perf.data");
    }

    /** The largest shares of the processes' CPU time over some time from now on, by thread, by library and by function. */
    String profile(final List<Process> processes, final long millis) throws IOException {
        // Once before, for what is compiled already and may be thrown away, and once after, for what is compiled
        // meanwhile.
        writeSymbols(processes);
        final String pids =
                processes.stream().map(process -> Long.toString(process.pid())).collect(Collectors.joining(","));
        call(List.of(
                "perf",
                "record",
                "-q",
                "-e",
                "cpu-clock",
                "-F",
                SAMPLES_PER_SECOND,
                "-o",
                data.toString(),
                "-p",
                pids,
                "--",
                "sleep",
                Double.toString(millis / 1e3)));
        writeSymbols(processes);
        return "  by thread\n" + shares("comm") + "\n  by library\n" + shares("dso") + "\n  by function\n"
                + shares("comm,symbol");
    }

    private String shares(final String key) throws IOException {
        return call(List.of(
                        "perf",
                        "report",
                        "-i",
                        data.toString(),
                        "--stdio",
                        "-g",
                        "none",
                        "--sort",
                        key,
                        "--percent-limit",
                        LEAST_PERCENT))
                .lines()
                .filter(line -> line.contains("%") && !line.startsWith("#"))
                .limit(MOST_LINES)
                .map(String::stripTrailing)
                .collect(Collectors.joining("\n"));
    }

    private static void writeSymbols(final List<Process> processes) throws IOException {
        for (final Process process : processes) {
            call(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                    Long.toString(process.pid()),
                    "Compiler.perfmap"));
        }
    }

    private static String call(final List<String> command) throws IOException {
        final Path output = Files.createTempFile("maar-bench-", ".txt");
        try {
            final Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(command.get(0) + " does not end");
            }
            final String said = new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
            if (process.exitValue() != 0) {
                throw new IOException(String.join(" ", command) + ": " + said.strip());
            }
            return said;
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        } finally {
            Files.delete(output);
        }
    }
}
