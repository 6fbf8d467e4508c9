package dev.maar.coordinator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maar.agent.job.Verdict;
import dev.maar.coordinator.report.AdopterReport;
import dev.maar.coordinator.report.Report;
import dev.maar.coordinator.report.ReportJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Libraries that others published, between two of their releases, with the adopters that come with Maar. Needs Maven Central. */
final class PublishedLibraryTest {

    @TempDir
    private Path folder;

    private MiniCrater world;

    @BeforeEach
    void world() throws IOException, InterruptedException {
        world = new MiniCrater(Files.createDirectory(folder.resolve("world")).toRealPath());
    }

    @Test
    void aBreakOfTheApiIsARegressionForWhoUsesItAndNothingForWhoDoesNot() throws Exception {
        final MiniCrater.Ended ended = run("agrona", "release:1.22.0", "release:1.23.1", "build,test");

        assertThat(ended.code()).as(ended.err() + ended.out()).isEqualTo(1);
        final AdopterReport journal = adopter("event-journal");
        assertThat(journal.build().verdict()).isEqualTo(Verdict.REGRESSED);
        assertThat(journal.build().reason()).contains("cannot find symbol").contains("class MappedResizeableBuffer");
        final AdopterReport gateway = adopter("order-gateway");
        assertThat(gateway.verdict()).as(gateway.toString()).isEqualTo(Verdict.UNCHANGED);
        assertThat(gateway.test().b().passed()).isEqualTo(4);
        final Report.Experiment experiment = report().experiment();
        assertThat(List.of(experiment.a().version(), experiment.b().version())).containsExactly("1.22.0", "1.23.1");
        assertThat(experiment.a().artifactSha256()).isNotEqualTo(experiment.b().artifactSha256());
    }

    @Test
    void anUnknownReleaseIsNoRegressionAndNotGreen() throws Exception {
        final MiniCrater.Ended ended = run("agrona", "release:1.22.0", "release:0.0.0-none", "build");

        assertThat(ended.code()).as(ended.err() + ended.out()).isEqualTo(3);
        assertThat(adopter("order-gateway").verdict()).isEqualTo(Verdict.ERROR);
        assertThat(adopter("order-gateway").build().reason())
                .contains("there is no published org.agrona:agrona:0.0.0-none");
    }

    private MiniCrater.Ended run(final String subject, final String a, final String b, final String stages)
            throws Exception {
        final String manifests =
                Path.of("../adopter-manifests").toAbsolutePath().normalize().toString();
        return world.maar(
                "run",
                "--trust",
                "--subject",
                subject,
                "--manifests",
                manifests,
                "--a",
                a,
                "--b",
                b,
                "--stages",
                stages,
                "--out",
                "run");
    }

    private Report report() throws IOException {
        return new ReportJson().read(Files.readString(world.path("run/report.json")));
    }

    private AdopterReport adopter(final String name) throws IOException {
        return report().adopters().stream()
                .filter(adopter -> adopter.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
