package dev.maar.coordinator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maar.agent.job.Verdict;
import dev.maar.coordinator.report.AdopterReport;
import dev.maar.coordinator.report.ReportJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A library in Python between two refs of its repository, measured by a jig in Python: no build, no Java, the same live pairs. */
final class PythonSubjectTest {

    private static final String LIBRARY = """
            def work(x):
                y = x
                for i in range(%d):
                    y = (y * 31 + 7) %% 1000003
                return %s
            """;

    private static final String JIG = """
            import json, os, sys, time
            sys.path.insert(0, os.environ["MAAR_SUBJECT_DIR"])
            import lib

            done, total = 0, 0
            for line in sys.stdin:
                request = json.loads(line)
                op = request["op"]
                if op == "setUp":
                    reply = {"ready": True, "attest": {"path": lib.__file__}}
                elif op == "run":
                    start = time.perf_counter_ns()
                    for i in range(request["operations"]):
                        total = (total * 31 + lib.work(done)) % (1 << 60)
                        done += 1
                    reply = {"ns": max(1, time.perf_counter_ns() - start), "operations": request["operations"]}
                elif op == "check":
                    reply = {"checksum": format(total, "x"), "delivered": done}
                else:
                    break
                print(json.dumps(reply), flush=True)
            """;

    @TempDir
    private Path folder;

    private MiniCrater world;

    @BeforeEach
    void world() throws IOException, InterruptedException {
        world = new MiniCrater(Files.createDirectory(folder.resolve("world")).toRealPath());
        world.write("manifests/pylib.yaml", """
                kind: subject
                name: pylib
                source: {path: ../python}
                build: {none: true}
                """);
        world.write("manifests/script.yaml", """
                kind: adopter
                name: script
                subject: pylib
                source: {path: apps/script}
                build: {none: true}
                test: {none: true}
                jigs:
                  - name: loop
                    command: [python3, "${adopter.dir}/jig.py"]
                    cases: {size: [1]}
                timeouts: {build: 2m, test: 2m, silence: 10s}
                """);
        world.write("manifests/apps/script/jig.py", JIG);
        library(50, "y * 0 + x");
    }

    @Test
    void aSlowerRefOfTheSameLibraryIsFound() throws Exception {
        library(200, "y * 0 + x");

        final MiniCrater.Ended ended = run();

        assertThat(ended.code()).as(ended.err() + ended.out()).isEqualTo(1);
        assertThat(cell().verdict()).as(cell().reason()).isEqualTo(Verdict.REGRESSED);
        assertThat(cell().ratio()).isBetween(1.5, 6.0);
    }

    @Test
    void aRefThatComputesSomethingElseIsAMismatch() throws Exception {
        library(50, "y");

        final MiniCrater.Ended ended = run();

        assertThat(ended.code()).as(ended.err() + ended.out()).isEqualTo(1);
        assertThat(cell().verdict()).isEqualTo(Verdict.MISMATCH);
    }

    private void library(final int rounds, final String result) throws IOException, InterruptedException {
        world.write("python/lib.py", LIBRARY.formatted(rounds, result));
        world.git("add", "-A");
        world.git("-c", "user.name=T", "-c", "user.email=t@example.org", "commit", "-q", "-m", "library");
    }

    private MiniCrater.Ended run() throws IOException, InterruptedException {
        return world.maar(
                "run",
                "--subject",
                "pylib",
                "--manifests",
                "manifests",
                "--a",
                "HEAD~1",
                "--b",
                "HEAD",
                "--out",
                "run");
    }

    private AdopterReport.Cell cell() throws IOException {
        return new ReportJson()
                .read(Files.readString(world.path("run/report.json")))
                .adopters()
                .get(0)
                .cells()
                .get(0);
    }
}
