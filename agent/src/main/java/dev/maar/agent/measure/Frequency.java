package dev.maar.agent.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The cores' clock frequency, as far as the kernel tells it. Stateless. */
final class Frequency {

    private Frequency() {}

    /** The mean over the cores by {@code cpuinfo}, in MHz; -1 when not known. A virtual machine may tell a constant. */
    static double megahertz(final Path proc) {
        final List<String> lines;
        try {
            lines = Files.readAllLines(proc.resolve("cpuinfo"), StandardCharsets.ISO_8859_1);
        } catch (final IOException e) {
            return -1;
        }
        return lines.stream()
                .filter(line -> line.startsWith("cpu MHz"))
                .mapToDouble(line ->
                        Double.parseDouble(line.substring(line.indexOf(':') + 1).trim()))
                .average()
                .orElse(-1);
    }
}
