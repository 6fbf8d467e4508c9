package dev.maar.agent.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.maar.agent.fork.Fork;
import dev.maar.agent.fork.ForkFailedException;
import dev.maar.agent.fork.ForkSpec;
import dev.maar.agent.fork.ScratchSpace;
import dev.maar.agent.jigs.TestJigs;
import dev.maar.agent.job.Both;
import dev.maar.agent.job.ForkFailure;
import dev.maar.agent.job.SideName;
import dev.maar.agent.sandbox.Reaper;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** While one side's slice runs, nothing of the other side runs at all. */
class FreezingTest {

    private static final Duration SILENCE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    /** Two forks that are set up and frozen, for a test to use. */
    private interface Use {
        void of(LockStep lockStep, Fork a, Fork b) throws Exception;
    }

    private void withForks(final Class<?> jig, final Duration freezeLimit, final Use use) throws Exception {
        final Both<ForkSpec> specs = TestForks.of(jig, folder);
        try (Reaper reaper = Reaper.start()) {
            final ScratchSpace space = ScratchSpace.create(folder.resolve("scratch"), reaper);
            final Fork.Starter starter = Fork.Starter.of(reaper, space.onDisk());
            try (ScratchSpace.PairScratch scratch = space.fresh();
                    Fork a = starter.start(specs.a(), scratch);
                    Fork b = starter.start(specs.b(), scratch)) {
                a.setUp(SILENCE);
                b.setUp(SILENCE);
                use.of(new LockStep(new Both<>(a, b), SILENCE, freezeLimit), a, b);
            }
            space.remove();
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {TestJigs.Steady.class, TestJigs.BusyInTheBackground.class, TestJigs.HasAChildProcess.class})
    void theFrozenSideGainsNoCpuTime(final Class<?> jig) throws Exception {
        withForks(jig, LockStep.FREEZE_LIMIT, (lockStep, a, b) -> {
            lockStep.lookForProcesses();
            for (int round = 0; round < 3; round++) {
                assertOnlyTheAwakeOneComputes(lockStep, SideName.A, a, b);
                assertOnlyTheAwakeOneComputes(lockStep, SideName.B, b, a);
            }
        });
    }

    private static void assertOnlyTheAwakeOneComputes(
            final LockStep lockStep, final SideName side, final Fork awake, final Fork frozen) throws Exception {
        final long awakeBefore = awake.cpuNanos();
        final long frozenBefore = frozen.cpuNanos();
        lockStep.slice(side, 100_000);
        assertThat(awake.cpuNanos()).isGreaterThan(awakeBefore);
        assertThat(frozen.cpuNanos()).isEqualTo(frozenBefore);
    }

    @Test
    void aSideIsWokenBeforeItHasBeenFrozenForTooLongAndFrozenAgainAfterwards() throws Exception {
        withForks(TestJigs.SlowAndBusy.class, Duration.ofMillis(50), (lockStep, a, b) -> {
            final long before = b.cpuNanos();
            assertThat(lockStep.slice(SideName.A, 1).overlong()).isTrue();
            final long after = b.cpuNanos();
            assertThat(after).isGreaterThan(before);
            assertThat(b.cpuNanos()).isEqualTo(after);
        });
    }

    @Test
    void aSingleOperationThatOutlastsTheFreezeLimitIsToldAsAHangWithItsRemedy() throws Exception {
        withForks(TestJigs.SlowAndBusy.class, Duration.ofMillis(50), (lockStep, a, b) -> {
            final WarmUp warmUp = new WarmUp(lockStep, TestForks.WARM, SideName.A);
            assertThatThrownBy(warmUp::run).isInstanceOfSatisfying(ForkFailedException.class, e -> {
                assertThat(e.failure().kind()).isEqualTo(ForkFailure.Kind.HANG);
                assertThat(e.failure().reason())
                        .contains("a single operation took")
                        .contains("let the jig do less");
            });
        });
    }

    @Test
    void aSideThatIsAsSlowFailsItsTrialAsWell() throws Exception {
        final ForkSpec spec = TestForks.of(TestJigs.SlowAndBusy.class, folder).a();
        try (Reaper reaper = Reaper.start()) {
            final ScratchSpace space = ScratchSpace.create(folder.resolve("scratch"), reaper);
            try (ScratchSpace.PairScratch scratch = space.fresh();
                    Fork fork = Fork.Starter.of(reaper, space.onDisk()).start(spec, scratch)) {
                final Trial trial = new Trial(
                        fork, TestForks.TINY, SILENCE, Duration.ofMillis(50), TestForks.TINY.warmUpMostNanos());
                assertThatThrownBy(() -> trial.run(2))
                        .isInstanceOfSatisfying(
                                ForkFailedException.class,
                                e -> assertThat(e.failure().kind()).isEqualTo(ForkFailure.Kind.HANG));
            }
            space.remove();
        }
    }
}
