package dev.maar.coordinator.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** A process that records results and says each one that was acknowledged, until it is killed. */
final class KilledWriter {

    private static final int JOBS = 400;

    private final String url;
    private final Random random = new Random(20260101);

    KilledWriter(final String url) {
        this.url = url;
    }

    /** Posts jobs, lets the process record their results, kills it at some moment, looks, and lets the next go on. */
    void killAgainAndAgain(final int times) throws IOException, InterruptedException {
        try (Store store = Store.open(url)) {
            for (int number = 0; number < JOBS; number++) {
                store.jobs().post(Farm.job(number), Farm.NOW);
                store.jobs().lease(Farm.id(number), "x");
            }
        }
        final List<String> acknowledged = new ArrayList<>();
        for (int time = 0; time < times; time++) {
            acknowledged.addAll(writeAndKill(random.nextInt(5, JOBS / times)));
            try (Store store = Store.open(url)) {
                final List<String> kept = store.jobs().results(Farm.PLAN.id()).stream()
                        .map(result -> result.job())
                        .toList();
                assertThat(kept).doesNotHaveDuplicates().containsAll(acknowledged);
                // What was being written when the kill came may have arrived unacknowledged: one for each time.
                assertThat(kept.size() - acknowledged.size()).isBetween(0, time + 1);
                final long unanswered = IntStream.range(0, JOBS)
                        .filter(number -> !kept.contains(Farm.id(number)))
                        .count();
                assertThat(store.jobs().leased(Farm.PLAN.id())).hasSize((int) unanswered);
            }
        }
        assertThat(acknowledged).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(5 * times);
    }

    private List<String> writeAndKill(final int most) throws IOException, InterruptedException {
        final Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledWriter.class.getName(),
                        url)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        final List<String> acknowledged = new ArrayList<>();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("ack ")) {
                    acknowledged.add(line.substring(4));
                }
                if (acknowledged.size() == most) {
                    // Not by the process itself, which would close what it has said so far.
                    process.toHandle().destroyForcibly();
                }
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        return acknowledged;
    }

    /** The process: records what has no result yet. */
    public static void main(final String[] arguments) throws IOException {
        try (Store store = Store.open(arguments[0])) {
            for (int number = 0; number < JOBS; number++) {
                if (store.jobs().record(Farm.result(number, "x", 1), Farm.NOW) == Recording.RECORDED) {
                    System.out.println("ack " + Farm.id(number));
                }
            }
        }
    }
}
