package dev.maar.coordinator.evidence;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/** A process of its own that burns one core in bursts of 50 to 400 ms, with pauses as long, until it is closed or its parent has died. */
final class Bursts implements AutoCloseable {

    private static final int SHORTEST = 50;
    private static final int LONGEST = 400;

    private final Process process;

    private Bursts(final Process process) {
        this.process = process;
    }

    static Bursts start() throws IOException {
        return new Bursts(new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx32m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Bursts.class.getName()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    /** The process's program. */
    public static void main(final String[] arguments) throws InterruptedException {
        final ProcessHandle parent = ProcessHandle.current().parent().orElseThrow();
        final SplittableRandom random = new SplittableRandom(1);
        while (parent.isAlive()) {
            final long until = System.nanoTime() + 1_000_000L * random.nextInt(SHORTEST, LONGEST);
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
            Thread.sleep(random.nextInt(SHORTEST, LONGEST));
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
