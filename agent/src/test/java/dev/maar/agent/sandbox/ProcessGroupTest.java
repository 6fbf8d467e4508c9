package dev.maar.agent.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessGroupTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    /** A leader with a child, both computing. */
    private static final String BUSY_FAMILY = "(while :; do :; done) & echo ready; while :; do :; done";

    @TempDir
    Path folder;

    private Reaper reaper;

    @BeforeEach
    void startReaper() throws Exception {
        reaper = Reaper.start();
    }

    @AfterEach
    void stopReaper() {
        reaper.close();
    }

    private ProcessGroup shell(final String script) throws Exception {
        return ProcessGroup.start(
                Launch.piped(
                        List.of("sh", "-c", script), folder, Launch.plainEnvironment(), folder.resolve("group.log")),
                reaper);
    }

    private static void awaitReady(final ProcessGroup group) throws Exception {
        assertThat(new String(group.output().readNBytes(6), StandardCharsets.US_ASCII))
                .isEqualTo("ready\n");
    }

    @Test
    void aFrozenGroupComputesNothingAndAThawedOneGoesOn() throws Exception {
        try (ProcessGroup group = shell(BUSY_FAMILY)) {
            awaitReady(group);
            group.lookForProcesses();
            group.freeze();
            assertThat(group.awaitFrozen(LIMIT)).isTrue();
            final long frozen = group.cpuNanos();
            // Something else computes meanwhile: there is time for a group that only seems frozen to gain some.
            final long start = System.nanoTime();
            while (System.nanoTime() - start < 20_000_000L) {
                Thread.onSpinWait();
            }
            assertThat(group.cpuNanos()).isEqualTo(frozen);
            group.thaw();
            await().atMost(LIMIT).until(() -> group.cpuNanos() > frozen);
        }
    }

    @Test
    void aGroupThatHasEndedIsNeverFrozen() throws Exception {
        try (ProcessGroup group = shell("exit 5")) {
            assertThat(group.await(LIMIT)).hasValue(5);
            group.freeze();
            assertThat(group.awaitFrozen(LIMIT)).isFalse();
        }
    }

    @Test
    void theCpuTimeOfChildrenThatWereFoundIsCounted() throws Exception {
        try (ProcessGroup group = shell("(while :; do :; done) & echo ready; wait")) {
            awaitReady(group);
            final long alone = group.cpuNanos();
            group.lookForProcesses();
            await().atMost(LIMIT).until(() -> group.cpuNanos() - alone > 20_000_000L);
        }
    }

    @Test
    void closingKillsAFrozenLeaderAndItsChildren() throws Exception {
        final ProcessGroup group = shell(BUSY_FAMILY);
        awaitReady(group);
        final List<Long> members = ProcessStat.membersOf(group.id());
        assertThat(members).hasSize(2);
        group.freeze();
        group.close();

        assertThat(group.isAlive()).isFalse();
        await().atMost(LIMIT).until(() -> ProcessStat.membersOf(group.id()).isEmpty());
    }

    @Test
    void nothingOfOurEnvironmentReachesTheProgramButWhatIsGiven() throws Exception {
        try (ProcessGroup group = ProcessGroup.start(
                Launch.logged(List.of("env"), folder, Map.of("PATH", "/usr/bin:/bin"), folder.resolve("env.log")),
                reaper)) {
            assertThat(group.await(LIMIT)).hasValue(0);
            group.close();
            assertThat(Files.readAllLines(folder.resolve("env.log")))
                    .allMatch(line -> line.startsWith("PATH=")
                            || line.startsWith("PWD=")
                            || line.startsWith("_=")
                            || line.startsWith("SHLVL="));
        }
    }

    @Test
    void theLogEndsAtItsLimitAndTheProgramDoesNotBlock() throws Exception {
        final Path log = folder.resolve("long.log");
        final Launch launch = new Launch(
                List.of("sh", "-c", "i=0; while [ $i -lt 20000 ]; do echo 0123456789; i=$((i+1)); done"),
                folder,
                Launch.plainEnvironment(),
                log,
                false,
                1_000);
        try (ProcessGroup group = ProcessGroup.start(launch, reaper)) {
            assertThat(group.await(LIMIT)).hasValue(0);
        }
        assertThat(Files.readString(log)).hasSizeBetween(1_000, 1_100).contains("the log's limit is reached");
    }
}
