package dev.maar.transport;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A {@link Chatter} in a process of its own, as seen from here. */
final class Talker implements AutoCloseable {

    private static final List<String> FLAG = List.of("--add-exports", "java.base/jdk.internal.misc=ALL-UNNAMED");

    private final Process process;
    private final BufferedReader output;
    private final BufferedWriter input;
    private final List<String> log = new ArrayList<>();

    private Talker(final Process process) {
        this.process = process;
        this.output = ChildProgram.output(process);
        this.input = process.outputWriter(StandardCharsets.UTF_8);
    }

    /** Starts one that meets others in a directory. */
    static Talker start(final Path aeronDirectory, final String... flags) throws IOException {
        final List<String> all = new ArrayList<>(FLAG);
        all.add("-Daeron.dir=" + aeronDirectory);
        all.addAll(List.of(flags));
        return new Talker(ChildProgram.start(Chatter.class, all));
    }

    /** Gives an order without waiting for the answer. */
    void order(final String order) throws IOException {
        input.write(order + "\n");
        input.flush();
    }

    /** The answer to the oldest unanswered order. */
    String answer() throws IOException {
        String line = output.readLine();
        while (line != null && !line.startsWith("> ")) {
            log.add(line);
            line = output.readLine();
        }
        if (line == null) {
            throw new IOException("the process has ended: " + String.join("\n", log));
        }
        return line.substring(2);
    }

    String ask(final String order) throws IOException {
        order(order);
        return answer();
    }

    /** What else it printed, up to the last answer. */
    List<String> log() {
        return log;
    }

    Process process() {
        return process;
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }
}
