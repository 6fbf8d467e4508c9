package dev.maar.coordinator.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;

/** Writes a report's files into its folder. Raw data and logs are written there by others. Stateless. */
public final class ReportFolder {

    /** Every writer; {@code report.json} last, so that who waits for it finds the others beside it. */
    private static final List<ReportWriter> WRITERS =
            List.of(new ReportHtml(), new ReportMarkdown(), new JunitXml(), new ReportJson());

    private ReportFolder() {}

    /**
     * Writes {@code report.json}, {@code report.html}, {@code report.md} and {@code junit.xml}. Each is written beside its place and
     * then renamed: a reader sees the old file or the new one, never half of one.
     *
     * @param report the report
     * @param folder the folder; made when it is not there
     * @throws IOException when a file can't be written; files renamed before that stay
     */
    public static void write(final Report report, final Path folder) throws IOException {
        Files.createDirectories(folder);
        for (final ReportWriter writer : WRITERS) {
            replace(folder, writer.fileName(), writer.write(report));
        }
    }

    private static void replace(final Path folder, final String name, final String text) throws IOException {
        // Not a file of Files.createTempFile, which only its owner could read.
        final Path temporary = folder.resolve("." + name + "." + UUID.randomUUID() + ".tmp");
        try {
            Files.write(temporary, text.getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE_NEW);
            Files.move(
                    temporary,
                    folder.resolve(name),
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
