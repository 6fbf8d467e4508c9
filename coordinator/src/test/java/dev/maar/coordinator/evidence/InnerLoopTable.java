package dev.maar.coordinator.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long it takes from saving one changed line in {@code transport-runtime} to the first line about it, in a clone of this checkout: run by
 * hand on a quiet machine. Waits until each edit is decided with {@code -Dmaar.decided=true}.
 */
final class InnerLoopTable {

    private static final List<String> PARTS =
            List.of("planning", "building", "waiting", "starting", "warmUp", "measuring", "ending", "all");

    private static final String SOURCE = "transport-runtime/src/main/java/dev/maar/transport/LocalOutlet.java";

    @TempDir
    private Path folder;

    private final ObjectMapper mapper = new ObjectMapper();

    @Test
    void fromSaveToTheFirstLine() throws Exception {
        final Path checkout = folder.resolve("checkout");
        run("git", "clone", "-q", Path.of("..").toRealPath().toString(), checkout.toString());
        final Path file = checkout.resolve(SOURCE);
        final String original = Files.readString(file);
        final int edits = Integer.getInteger("maar.edits", 10);
        final List<JsonNode> firsts = new ArrayList<>();
        final List<Double> outside = new ArrayList<>();
        final List<String> verdicts = new ArrayList<>();
        final Process maar = maar(checkout);
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(maar.getInputStream(), StandardCharsets.UTF_8))) {
            until(lines, "ended");
            for (int edit = 0; edit < edits; edit++) {
                final long saved = System.nanoTime();
                Files.writeString(file, slower(original, edit));
                firsts.add(until(lines, "first"));
                outside.add((System.nanoTime() - saved) / 1e9);
                if (Boolean.getBoolean("maar.decided")) {
                    verdicts.add(until(lines, "ended").path("verdict").asText());
                }
            }
        } finally {
            maar.destroy();
            maar.waitFor();
        }
        write(firsts, outside, verdicts);
    }

    /** One line more, which wastes the time of some multiplications for each message; another one each time. */
    private static String slower(final String original, final int edit) {
        final String line = "        for (long i = 0, x = sequence; i < " + Integer.getInteger("maar.waste", 6)
                + "; i++) { x = x * 31 + " + edit + "; if (x == Long.MIN_VALUE) { index--; } }\n";
        final String slower = original.replace("        index++;\n", "        index++;\n" + line);
        assertThat(slower).as("the place to edit is still there").isNotEqualTo(original);
        return slower;
    }

    private Process maar(final Path checkout) throws Exception {
        final List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dmaar.root=" + checkout,
                "-cp",
                System.getProperty("java.class.path"),
                "dev.maar.coordinator.cli.Main"));
        command.addAll(
                List.of("jig", "telemetry-hub/fan-in", "--case", "transport=local", "--watch", "--json-lines", "-"));
        final ProcessBuilder builder = new ProcessBuilder(command)
                .directory(checkout.toFile())
                .redirectError(folder.resolve("errors").toFile());
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        return builder.start();
    }

    private JsonNode until(final BufferedReader lines, final String kind) throws Exception {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            final JsonNode event = mapper.readTree(line);
            if (event.path("event").asText().equals(kind)) {
                return event;
            }
        }
        throw new AssertionError("it ended: " + Files.readString(folder.resolve("errors")));
    }

    private static void write(final List<JsonNode> firsts, final List<Double> outside, final List<String> verdicts)
            throws Exception {
        final StringBuilder table = new StringBuilder("| part | median | least | most |\n|---|--:|--:|--:|\n");
        for (final String part : PARTS) {
            table.append(row(
                    part,
                    firsts.stream()
                            .mapToDouble(first -> first.path("split").path(part).asDouble() / 1000)
                            .toArray()));
        }
        table.append(row(
                "seen from outside",
                outside.stream().mapToDouble(Double::doubleValue).toArray()));
        table.append("\nlooks: ")
                .append(firsts.stream()
                        .map(first -> String.format(
                                Locale.ROOT,
                                "%s %+.1f %%",
                                first.path("glance").path("looks").asText(),
                                100 * first.path("glance").path("change").asDouble()))
                        .collect(Collectors.joining(", ")))
                .append("\n")
                .append(verdicts.isEmpty() ? "" : "verdicts: " + String.join(", ", verdicts) + "\n");
        Files.writeString(Path.of("target/inner-loop.md"), table);
        System.out.println(table);
    }

    private static String row(final String name, final double[] values) {
        Arrays.sort(values);
        final int half = values.length / 2;
        final double median = values.length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
        return String.format(
                Locale.ROOT, "| %s | %.2f s | %.2f s | %.2f s |%n", name, median, values[0], values[values.length - 1]);
    }

    private static void run(final String... command) throws Exception {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }
}
