package dev.maar.agent.fork;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maar.agent.job.AdopterRecipe;
import dev.maar.agent.job.JigRecipe;
import dev.maar.agent.job.Side;
import dev.maar.agent.job.SideName;
import dev.maar.agent.job.SubjectRecipe;
import dev.maar.agent.sandbox.Launch;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ForkCommandTest {

    private static final ForkScratch SCRATCH = new ForkScratch(Path.of("/scratch/a"), Path.of("/dev/shm/x/a/aeron"));
    private static final Path HARNESS = Path.of("/lib/jig.jar");

    private static ForkSpec spec(final JigRecipe.Program program, final long memory) {
        final Side side = new Side(
                SideName.A,
                "v1",
                "",
                "tree",
                false,
                "/jdk",
                List.of("-XX:+UseZGC", "-Xmx1g"),
                Map.of("COLOUR", "side"),
                List.of());
        return new ForkSpec(
                        SideName.A,
                        program,
                        List.of(Path.of("/adopter/classes"), Path.of("/adopter/lib.jar")),
                        side,
                        new SubjectRecipe("s", "g:a", "", new SubjectRecipe.None(), List.of("--add-exports", "x=y")),
                        new AdopterRecipe.Resources(memory, 10),
                        Map.of(),
                        1,
                        "",
                        "a/B.class",
                        Path.of("/work"),
                        Path.of("/logs/a.log"))
                .withEnvironment(Map.of("COLOUR", "spec", "MAAR_SUBJECT_VERSION", "3"));
    }

    @Test
    void aJvmForkGetsSubjectsFlagsThenSidesFlagsThenTheHarnessFirstOnItsClassPath() {
        final Launch launch =
                ForkCommand.launch(spec(new JigRecipe.JvmJig("com.example.Jig"), 2L << 30), SCRATCH, HARNESS);

        assertThat(launch.command()).startsWith("/jdk/bin/java", "-Xmx2147483648", "-Xms268435456");
        assertThat(launch.command())
                .endsWith(
                        "--add-exports",
                        "x=y",
                        "-XX:+UseZGC",
                        "-Xmx1g",
                        "-cp",
                        "/lib/jig.jar:/adopter/classes:/adopter/lib.jar",
                        "dev.maar.jig.harness.ForkMain",
                        "com.example.Jig");
        assertThat(launch.command())
                .contains(
                        "-XX:+ExitOnOutOfMemoryError",
                        "-Djava.io.tmpdir=/scratch/a",
                        "-Daeron.dir=/dev/shm/x/a/aeron",
                        "-Dmaar.subject.entry=a/B.class");
        assertThat(launch.directory()).isEqualTo(Path.of("/work"));
    }

    @Test
    void aSmallHeapStartsNoLargerThanItMayGet() {
        assertThat(ForkCommand.launch(spec(new JigRecipe.JvmJig("x.Y"), 64L << 20), SCRATCH, HARNESS)
                        .command())
                .contains("-Xmx67108864", "-Xms67108864");
    }

    @Test
    void theSidesEnvironmentWinsOverTheSpecs() {
        final Launch launch =
                ForkCommand.launch(spec(new JigRecipe.ProcessJig(List.of("run", "it")), 1), SCRATCH, HARNESS);

        assertThat(launch.command()).containsExactly("run", "it");
        assertThat(launch.environment())
                .containsEntry("COLOUR", "side")
                .containsEntry("MAAR_SUBJECT_VERSION", "3")
                .containsEntry("TMPDIR", "/scratch/a");
    }
}
