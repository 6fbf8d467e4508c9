package dev.maar.agent.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maar.agent.job.Attestation;
import dev.maar.agent.job.Both;
import dev.maar.agent.job.ForkFailure;
import dev.maar.agent.job.PairCost;
import dev.maar.agent.job.PairOutcome;
import dev.maar.agent.settings.AgentSettings;
import dev.maar.agent.settings.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pairs are run again, and waited for, because of the machine and never because of their value. */
class WatchedPairTest {

    private static final Attestation PROOF = new Attestation("", Map.of(), 1, "abc");
    private static final PairOutcome MEASURED = new PairOutcome.Measured(List.of(), 1, new Both<>(PROOF, PROOF));
    private static final AgentSettings NO_WAITING =
            AgentSettings.defaults().with(Setting.LONGEST_WAIT, 0).with(Setting.MOST_CANARY_SHIFT, 1_000);

    @TempDir
    Path proc;

    private final List<String> said = new ArrayList<>();
    private long ticks = 1_000;
    private long busy = 100;
    private long stolen;
    private long faults;
    private long swapped;
    private long othersWhileWaiting;

    @BeforeEach
    void atFirst() {
        write();
    }

    /** A thousand ticks pass, of which some are others' and some are stolen. */
    private void pass(final long others, final long steal) {
        ticks += 1_000 - others - steal;
        busy += others;
        stolen += steal;
        write();
    }

    private void write() {
        try {
            Files.createDirectories(proc.resolve("self"));
            Files.writeString(proc.resolve("loadavg"), "1.50 1.00 0.50 2/200 4711\n");
            Files.writeString(proc.resolve("stat"), "cpu  " + busy + " 0 0 " + ticks + " 0 0 0 " + stolen + " 0 0\n");
            Files.writeString(proc.resolve("vmstat"), "pgmajfault " + faults + "\npswpin " + swapped + "\npswpout 0\n");
            Files.writeString(
                    proc.resolve("self").resolve("stat"), "17 (name) S 1 17 17 0 -1 0 0 0 0 0 0 0 0 0 20 0\n");
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private WatchedPair watched(final AgentSettings settings) {
        return new WatchedPair(
                settings, () -> 0, () -> PairCost.NONE, said::add, proc, millis -> pass(othersWhileWaiting, 0));
    }

    private PairOutcome during(final long others, final long steal) {
        pass(others, steal);
        return MEASURED;
    }

    @Test
    void aPairOnAQuietMachineIsRunOnce() throws Exception {
        final List<WatchedPair.Attempt> attempts = watched(NO_WAITING).run(() -> during(50, 10));

        assertThat(attempts).hasSize(1);
        assertThat(attempts.get(0).discarded()).isFalse();
        assertThat(attempts.get(0).disturbances()).isEmpty();
    }

    @Test
    void aDisturbedPairIsKeptAndRunAgainUntilOneIsNot() throws Exception {
        final long[] tries = new long[1];
        final List<WatchedPair.Attempt> attempts =
                watched(NO_WAITING).run(() -> tries[0]++ == 0 ? during(300, 0) : during(0, 0));

        assertThat(attempts).hasSize(2);
        assertThat(attempts.get(0).discarded()).isTrue();
        assertThat(attempts.get(0).disturbances()).containsExactly("other processes");
        assertThat(attempts.get(0).outcome()).isEqualTo(MEASURED);
        assertThat(attempts.get(1).discarded()).isFalse();
    }

    @Test
    void stealSwappingAndFaultsAreEvidenceToo() throws Exception {
        final AgentSettings once = NO_WAITING.with(Setting.RERUN_SHARE, 0);
        assertThat(watched(once).run(() -> during(0, 130)).get(0).disturbances())
                .containsExactly("steal time");
        assertThat(watched(once)
                        .run(() -> {
                            swapped += 17;
                            faults += 201;
                            return during(0, 0);
                        })
                        .get(0)
                        .disturbances())
                .containsExactly("swapping", "major faults");
    }

    @Test
    void onAMachineThatIsAlwaysBusyTheReRunsEndAndTheDisturbedPairsCount() throws Exception {
        final WatchedPair watched = watched(NO_WAITING.with(Setting.RERUN_SHARE, 0.5));
        int discarded = 0;
        for (int pair = 0; pair < 20; pair++) {
            final List<WatchedPair.Attempt> attempts = watched.run(() -> during(500, 0));
            discarded += attempts.size() - 1;
            final WatchedPair.Attempt last = attempts.get(attempts.size() - 1);
            assertThat(last.discarded()).isFalse();
            assertThat(last.disturbances()).isNotEmpty();
        }
        assertThat(discarded).isBetween(10, 12);
    }

    @Test
    void withAShareOfNoneNothingIsRunAgain() throws Exception {
        assertThat(watched(NO_WAITING.with(Setting.RERUN_SHARE, 0)).run(() -> during(900, 0)))
                .hasSize(1);
    }

    @Test
    void aPairThatFailedIsNotRunAgainForWhatTheMachineDid() throws Exception {
        final ForkFailure exit = new ForkFailure(ForkFailure.Kind.EXIT, "exit code 7");
        final PairOutcome failed = new PairOutcome.Failed(new Both<>(ForkFailure.NONE, exit));

        assertThat(watched(NO_WAITING).run(() -> {
                    pass(900, 0);
                    return failed;
                }))
                .hasSize(1);
    }

    @Test
    void waitingForAQuietMachineIsToldAndCostsNoMoreThanItMay() throws Exception {
        final AgentSettings settings = NO_WAITING
                .with(Setting.LONGEST_WAIT, 2)
                .with(Setting.WAIT_SHARE, 0)
                .with(Setting.RERUN_SHARE, 0);
        final WatchedPair watched = watched(settings);
        othersWhileWaiting = 900;

        assertThat(watched.run(() -> during(900, 0)).get(0).cost().waiting()).isEqualTo(2_000);
        assertThat(said).isNotEmpty().allMatch(line -> line.contains("waiting for a quiet machine (other processes)"));
        assertThat(watched.run(() -> during(900, 0)).get(0).cost().waiting()).isZero();
    }

    @Test
    void theWaitEndsWhenTheMachineIsQuietAndAQuietMachineIsNotWaitedFor() throws Exception {
        final WatchedPair watched = watched(NO_WAITING.with(Setting.LONGEST_WAIT, 60));

        assertThat(watched.run(() -> during(0, 0)).get(0).cost().waiting()).isEqualTo(WatchedPair.LOOK.toMillis());
        assertThat(watched.run(() -> during(0, 0)).get(0).cost().waiting()).isZero();
    }
}
