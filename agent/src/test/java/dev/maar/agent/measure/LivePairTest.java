package dev.maar.agent.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maar.agent.jigs.TestJigs;
import dev.maar.agent.job.Both;
import dev.maar.agent.job.ForkFailure;
import dev.maar.agent.job.PairOutcome;
import dev.maar.agent.job.PairPlan;
import dev.maar.agent.job.SideName;
import dev.maar.agent.job.Slice;
import dev.maar.agent.sandbox.Reaper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Live pairs of real forks. */
class LivePairTest {

    private static final Duration SILENCE = Duration.ofSeconds(20);
    private static final Duration SHORT_SILENCE = Duration.ofSeconds(2);

    @TempDir
    Path folder;

    private Reaper reaper;
    private LivePair pairs;

    @BeforeEach
    void start() throws Exception {
        reaper = Reaper.start();
        pairs = new LivePair(reaper, folder.resolve("scratch"));
    }

    @AfterEach
    void stop() throws Exception {
        pairs.close();
        reaper.close();
    }

    private PairOutcome run(final Class<?> jig) throws Exception {
        return run(jig, SILENCE);
    }

    private PairOutcome run(final Class<?> jig, final Duration silence) throws Exception {
        return pairs.run(
                TestForks.of(jig, folder), TestForks.plan(SideName.A, TestForks.TINY), TestForks.TINY, silence);
    }

    private static PairOutcome.Measured measured(final PairOutcome outcome) {
        assertThat(outcome).isInstanceOf(PairOutcome.Measured.class);
        return (PairOutcome.Measured) outcome;
    }

    private static Both<ForkFailure> failures(final PairOutcome outcome) {
        assertThat(outcome).isInstanceOf(PairOutcome.Failed.class);
        return ((PairOutcome.Failed) outcome).failures();
    }

    @Test
    void bothSidesRunTheSameOperationsInTheDrawnOrder() throws Exception {
        final PairPlan plan = TestForks.plan(SideName.B, TestForks.TINY);
        final PairOutcome.Measured measured =
                measured(pairs.run(TestForks.of(TestJigs.Steady.class, folder), plan, TestForks.TINY, SILENCE));

        final List<SideName> expected = new ArrayList<>();
        plan.roundFirst().forEach(first -> expected.addAll(List.of(first, first.other())));
        assertThat(measured.slices()).extracting(Slice::side).containsExactlyElementsOf(expected);
        assertThat(measured.slices())
                .extracting(Slice::operations)
                .containsOnly(measured.slices().get(0).operations());
        assertThat(measured.slices()).allSatisfy(slice -> {
            assertThat(slice.nanos()).isPositive();
            assertThat(slice.cpuNanos()).isPositive();
            assertThat(slice.allocatedBytes()).isNotNegative();
        });
        assertThat(measured.attested().a()).isEqualTo(measured.attested().b());
        assertThat(measured.attested().a().facts()).containsEntry("transport", "local");
    }
}
