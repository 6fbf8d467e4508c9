package dev.maar.agent.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maar.agent.fork.Fork;
import dev.maar.agent.fork.ForkSpec;
import dev.maar.agent.fork.ScratchSpace;
import dev.maar.agent.jigs.TestJigs;
import dev.maar.agent.job.Both;
import dev.maar.agent.job.SideName;
import dev.maar.agent.sandbox.Reaper;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** While one side's slice runs, nothing of the other side runs at all. */
class FreezingTest {

    private static final Duration SILENCE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(classes = {TestJigs.Steady.class, TestJigs.BusyInTheBackground.class, TestJigs.HasAChildProcess.class})
    void theFrozenSideGainsNoCpuTime(final Class<?> jig) throws Exception {
        final Both<ForkSpec> specs = TestForks.of(jig, folder);
        try (Reaper reaper = Reaper.start()) {
            final ScratchSpace space = ScratchSpace.create(folder.resolve("scratch"), reaper);
            final Fork.Starter starter = Fork.Starter.of(reaper, space.onDisk());
            try (ScratchSpace.PairScratch scratch = space.fresh();
                    Fork a = starter.start(specs.a(), scratch);
                    Fork b = starter.start(specs.b(), scratch)) {
                a.setUp(SILENCE);
                b.setUp(SILENCE);
                final LockStep lockStep = new LockStep(new Both<>(a, b), SILENCE);
                lockStep.lookForProcesses();
                for (int round = 0; round < 3; round++) {
                    assertOnlyTheAwakeOneComputes(lockStep, SideName.A, a, b);
                    assertOnlyTheAwakeOneComputes(lockStep, SideName.B, b, a);
                }
            }
        }
    }

    private static void assertOnlyTheAwakeOneComputes(
            final LockStep lockStep, final SideName side, final Fork awake, final Fork frozen) throws Exception {
        final long awakeBefore = awake.cpuNanos();
        final long frozenBefore = frozen.cpuNanos();
        lockStep.slice(side, 100_000);
        assertThat(awake.cpuNanos()).isGreaterThan(awakeBefore);
        assertThat(frozen.cpuNanos()).isEqualTo(frozenBefore);
    }
}
