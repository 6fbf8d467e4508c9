package dev.maar.coordinator.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportFolderTest {

    @TempDir
    private Path directory;

    @Test
    void everyFileIsWrittenAndNothingElseIsLeft() throws IOException {
        final Path folder = directory.resolve("runs/x");

        ReportFolder.write(Samples.unchanged(), folder);
        ReportFolder.write(Samples.troubled(), folder);

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("report.json", "report.html", "report.md", "junit.xml");
        }
        assertThat(new ReportJson().read(Files.readString(folder.resolve("report.json"))))
                .isEqualTo(Samples.troubled());
        assertThat(Files.readString(folder.resolve("report.md")))
                .isEqualTo(new ReportMarkdown().write(Samples.troubled()));
    }

    @Test
    void samplesForTheEyeAreWrittenBesideTheTestResults() throws IOException {
        final Path samples = Path.of("target", "sample-reports");

        ReportFolder.write(Samples.unchanged(), samples.resolve("unchanged"));
        ReportFolder.write(Samples.troubled(), samples.resolve("troubled"));
        ReportFolder.write(Samples.large(200, 5), samples.resolve("large"));
        ReportFolder.write(Samples.hostile(), samples.resolve("hostile"));

        assertThat(samples.resolve("large/report.html")).isNotEmptyFile();
    }
}
