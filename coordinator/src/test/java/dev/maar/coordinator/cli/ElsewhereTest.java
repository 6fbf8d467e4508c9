package dev.maar.coordinator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maar.agent.job.StageStatus;
import dev.maar.agent.job.Verdict;
import dev.maar.coordinator.report.AdopterReport;
import dev.maar.coordinator.report.ReportJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Subjects and adopters that live in repositories of their own, and jigs that live in neither. */
final class ElsewhereTest {

    @TempDir
    private Path folder;

    private MiniCrater world;
    private Path app;

    @BeforeEach
    void world() throws IOException, InterruptedException {
        world = new MiniCrater(Files.createDirectory(folder.resolve("world")).toRealPath());
        app = Files.createDirectories(folder.resolve("app"));
        Files.writeString(app.resolve("App.java"), """
                package app;
                public final class App {
                    public static int twice(int x) { return tiny.Lib.work(x) * 2; }
                }
                """);
        git("init", "-q", "-b", "main");
        git("add", "-A");
        git("-c", "user.name=T", "-c", "user.email=t@example.org", "commit", "-q", "-m", "app");
        world.write("manifests/jigs/app/AppJig.java", """
                public final class AppJig implements dev.maar.jig.Jig {
                    private long done; private long sum;
                    public void setUp(dev.maar.jig.Case setting) {}
                    public void run(long operations) {
                        for (long i = 0; i < operations; i++) { sum = sum * 31 + app.App.twice((int) (done++)); }
                    }
                    public dev.maar.jig.Check check() { return dev.maar.jig.Check.of(done, sum); }
                    public void close() {}
                }
                """);
        world.write("manifests/remote.yaml", """
                kind: subject
                name: remote
                artifact: dev.tiny:lib
                source: {git: "file://%s"}
                build: {command: [sh, build.sh], jar: out/lib.jar}
                """.formatted(world.path("")));
    }

    @Test
    void anAppAtACommitIsMeasuredByAJigThatItKnowsNothingOf() throws Exception {
        manifest(git("rev-parse", "HEAD").strip());
        // What the app becomes later is another commit.
        Files.writeString(app.resolve("App.java"), "does not compile");
        git("add", "-A");
        git("-c", "user.name=T", "-c", "user.email=t@example.org", "commit", "-q", "-m", "broken");

        final MiniCrater.Ended ended = run("main~1", "main");

        final AdopterReport adopter = new ReportJson()
                .read(Files.readString(world.path("run/report.json")))
                .adopters()
                .get(0);
        assertThat(adopter.build().b()).as(ended.err()).isEqualTo(StageStatus.PASS);
        assertThat(adopter.cells().get(0).verdict())
                .as(ended.err() + ended.out())
                .isIn(Verdict.UNCHANGED, Verdict.INCONCLUSIVE, Verdict.SUSPECT);
        assertThat(adopter.cells().get(0).pairs()).isGreaterThanOrEqualTo(8);
    }

    @Test
    void whatComesFromAGitRepositoryNeedsASandboxOrTrust() throws Exception {
        manifest(git("rev-parse", "HEAD").strip());

        final MiniCrater.Ended ended = run(List.of("--sandbox", "none"), "main~1", "main");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("its source comes from file://").contains("--trust");
        assertThat(world.path("run/report.json")).doesNotExist();
    }

    @Test
    void aBranchIsRefusedWithWhatToWrite() throws Exception {
        manifest("main");

        final MiniCrater.Ended ended = run("main~1", "main");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err())
                .contains("app.yaml:4: 'ref' is 'main'; write the full hash of a commit")
                .contains("git ls-remote");
    }

    @Test
    void whatIsNotThereIsSaidInOneLine() throws Exception {
        manifest("a".repeat(40));

        final MiniCrater.Ended ended = run("main~1", "main");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("app.yaml").contains("there is no commit aaaa");
    }

    private void manifest(final String ref) throws IOException {
        world.write("manifests/app.yaml", """
                kind: adopter
                name: app
                subject: remote
                source: {git: "file://%s", ref: %s}
                build: {javac: {classpath: ["dev.tiny:lib"]}}
                test: {none: true}
                jigs:
                  - name: loop
                    class: AppJig
                    sources: jigs/app
                    cases: {size: [1]}
                timeouts: {build: 2m, test: 2m, silence: 10s}
                """.formatted(app, ref));
    }

    private MiniCrater.Ended run(final String a, final String b) throws IOException, InterruptedException {
        return run(List.of("--trust"), a, b);
    }

    private MiniCrater.Ended run(final List<String> more, final String a, final String b)
            throws IOException, InterruptedException {
        final List<String> all = new ArrayList<>(List.of("run", "--subject", "remote", "--manifests", "manifests"));
        all.addAll(List.of("--a", a, "--b", b, "--out", "run"));
        all.addAll(more);
        return world.maar(all.toArray(String[]::new));
    }

    private String git(final String... arguments) throws IOException, InterruptedException {
        final String[] command = new String[arguments.length + 3];
        command[0] = "git";
        command[1] = "-C";
        command[2] = app.toString();
        System.arraycopy(arguments, 0, command, 3, arguments.length);
        final Process process =
                new ProcessBuilder(command).redirectErrorStream(true).start();
        final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(said);
        }
        return said;
    }
}
