package dev.maar.agent.fork;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maar.agent.job.Both;
import dev.maar.agent.job.ForkFailure;
import dev.maar.agent.job.ForkFailure.Kind;
import dev.maar.agent.job.JigRecipe;
import dev.maar.agent.job.PairOutcome;
import dev.maar.agent.job.SideName;
import dev.maar.agent.job.Slice;
import dev.maar.agent.measure.LivePair;
import dev.maar.agent.measure.TestForks;
import dev.maar.agent.sandbox.Reaper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jigs in other languages, in whole live pairs. */
class ProcessJigTest {

    /** Speaks the protocol in a few lines of shell: counts what it delivers, and takes a clock where the shell has one. */
    private static final String SHELL_JIG = """
            delivered=0
            while read -r line; do
              case "$line" in
                *'"op":"setUp"'*) echo '{"ready":true,"attest":{"transport":"tcp"}}' ;;
                *'"op":"run"'*)
                  n=${line##*:}; n=${n%%\\}*}
                  i=0; while [ $i -lt $n ]; do i=$((i+1)); done
                  delivered=$((delivered+n))
                  echo "{\\"ns\\":$((n*500+1)),\\"operations\\":$n}" ;;
                *'"op":"check"'*) echo "{\\"checksum\\":\\"same\\",\\"delivered\\":$delivered}" ;;
                *'"op":"close"'*) exit 0 ;;
              esac
            done
            """;

    private static final String PYTHON_JIG = """
            import json, os, sys, time
            delivered = 0
            value = 0
            for line in sys.stdin:
                request = json.loads(line)
                op = request["op"]
                if op == "setUp":
                    value = request["seed"]
                    reply = {"ready": True, "attest": {"subject": "3.9.0", "path": os.environ["SUBJECT"], "transport": "tcp"}}
                elif op == "run":
                    start = time.perf_counter_ns()
                    for _ in range(request["operations"]):
                        value = (value * 6364136223846793005 + 1) & 0xffffffffffffffff
                    delivered += request["operations"]
                    reply = {"ns": time.perf_counter_ns() - start, "operations": request["operations"], "extra": [1]}
                elif op == "check":
                    reply = {"checksum": "%x" % value, "delivered": delivered}
                else:
                    break
                print(json.dumps(reply), flush=True)
            """;

    @TempDir
    Path folder;

    private PairOutcome run(final Both<ForkSpec> specs) throws Exception {
        try (Reaper reaper = Reaper.start();
                LivePair pairs = new LivePair(reaper, folder.resolve("scratch"))) {
            return pairs.run(specs, TestForks.plan(SideName.A, TestForks.TINY), TestForks.TINY, Duration.ofSeconds(20));
        }
    }

    private Both<ForkSpec> specs(final String... command) {
        return TestForks.of(new JigRecipe.ProcessJig(List.of(command)), Map.of("transport", "tcp"), folder);
    }

    private Both<ForkSpec> python(final Path a, final Path b) throws Exception {
        final Path script = Files.writeString(folder.resolve("jig.py"), PYTHON_JIG);
        final Both<ForkSpec> specs = specs("python3", script.toString());
        return new Both<>(
                specs.a().withEnvironment(Map.of("SUBJECT", a.toString())),
                specs.b().withEnvironment(Map.of("SUBJECT", b.toString())));
    }

    private static Both<ForkFailure> failures(final PairOutcome outcome) {
        assertThat(outcome).isInstanceOf(PairOutcome.Failed.class);
        return ((PairOutcome.Failed) outcome).failures();
    }

    @Test
    void aShellScriptIsMeasured() throws Exception {
        final PairOutcome outcome = run(specs("sh", "-c", SHELL_JIG));

        assertThat(outcome).isInstanceOf(PairOutcome.Measured.class);
        assertThat(((PairOutcome.Measured) outcome).slices()).allSatisfy(slice -> {
            assertThat(slice.allocatedBytes()).isEqualTo(-1);
            assertThat(slice.cpuNanos()).isPositive();
        });
    }

    @Test
    void latenciesThatAProcessJigTellsAreKeptForEachSide() throws Exception {
        final String telling = SHELL_JIG.replace(
                "\\\"operations\\\":$n}", "\\\"operations\\\":$n,\\\"latencyNs\\\":{\\\"500\\\":$n,\\\"90000\\\":1}}");
        final PairOutcome outcome = run(specs("sh", "-c", telling));

        assertThat(outcome).isInstanceOf(PairOutcome.Measured.class);
        final PairOutcome.Measured measured = (PairOutcome.Measured) outcome;
        final long operations = measured.slices().stream()
                .filter(slice -> slice.side() == SideName.A)
                .mapToLong(Slice::operations)
                .sum();
        assertThat(measured.notes().a().latencyNs().values())
                .containsExactly(operations, (long) measured.slices().size() / 2);
        assertThat(measured.notes().b().latencyNs())
                .isEqualTo(measured.notes().a().latencyNs());
    }

    @Test
    void aPythonJigIsMeasuredAndItsWordsAreKept() throws Exception {
        final Path tree = Files.createDirectories(folder.resolve("tree"));
        final PairOutcome outcome = run(python(tree, tree));

        assertThat(outcome).isInstanceOf(PairOutcome.Measured.class);
        assertThat(((PairOutcome.Measured) outcome).attested().a().facts())
                .containsEntry("subject", "3.9.0")
                .containsEntry("transport", "tcp");
    }

    @Test
    void differentSourcesLoadedFromOnePlaceAreAnError() throws Exception {
        final Path tree = Files.createDirectories(folder.resolve("tree"));
        final Path link = Files.createSymbolicLink(folder.resolve("link"), tree);
        final Both<ForkSpec> specs = python(tree, link);
        final Both<ForkFailure> failures =
                failures(run(new Both<>(TestForks.withTree(specs.a(), "1111"), TestForks.withTree(specs.b(), "2222"))));

        assertThat(failures.b().kind()).isEqualTo(Kind.ATTESTATION);
        assertThat(failures.b().reason())
                .contains("both sides loaded the subject from")
                .contains("tree");
    }

    @Test
    void differentSourcesThatBuildToTheSameBytesMayShareAPlace() throws Exception {
        final Path tree = Files.createDirectories(folder.resolve("tree"));
        final Both<ForkSpec> specs = python(tree, tree);
        final String bytes = "ab".repeat(32);
        final PairOutcome outcome = run(new Both<>(
                TestForks.withSubject(TestForks.withTree(specs.a(), "1111"), List.of(), bytes, ""),
                TestForks.withSubject(TestForks.withTree(specs.b(), "2222"), List.of(), bytes, "")));

        assertThat(outcome).isInstanceOf(PairOutcome.Measured.class);
    }

    @Test
    void aProgramThatIsNotThereIsToldFromItsLog() throws Exception {
        final Both<ForkFailure> failures = failures(run(specs("no-such-program")));

        assertThat(failures.a().kind()).isEqualTo(Kind.EXIT);
        assertThat(failures.b().kind()).isEqualTo(Kind.EXIT);
        assertThat(failures.a().reason()).contains("no-such-program").contains("No such file");
    }

    @Test
    void aProgramThatRanOtherOperationsThanAskedBreaksTheProtocol() throws Exception {
        final Both<ForkFailure> failures = failures(run(specs(
                "sh",
                "-c",
                "read -r x; echo '{\"ready\":true}'; while read -r x; do echo '{\"ns\":5,\"operations\":17}'; done")));

        assertThat(failures.a().kind()).isEqualTo(Kind.PROTOCOL);
        assertThat(failures.a().reason()).contains("17 operations, not 1");
    }

    @Test
    void aProgramThatWritesAnEndlessLineIsStopped() throws Exception {
        final Both<ForkFailure> failures =
                failures(run(specs("sh", "-c", "read -r x; while :; do printf '%01000d' 0; done")));

        assertThat(failures.a().kind()).isEqualTo(Kind.PROTOCOL);
        assertThat(failures.a().reason()).contains("longer than").hasSizeLessThan(500);
    }

    @Test
    void aProgramThatIsKilledFromOutsideIsTheEnvironmentsFault() throws Exception {
        final Both<ForkFailure> failures = failures(run(specs("sh", "-c", "read -r x; kill -KILL $$")));

        assertThat(failures.a().kind()).isEqualTo(Kind.INFRA);
        assertThat(failures.a().reason()).contains("SIGKILL");
    }

    @Test
    void aProgramThatNamesNoTransportForACaseThatDoesIsAnError() throws Exception {
        final Both<ForkFailure> failures =
                failures(run(specs("sh", "-c", SHELL_JIG.replace("\"transport\":\"tcp\"", ""))));

        assertThat(failures.a().kind()).isEqualTo(Kind.ATTESTATION);
        assertThat(failures.a().reason()).contains("attests no transport");
    }
}
