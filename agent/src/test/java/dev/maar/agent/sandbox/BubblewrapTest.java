package dev.maar.agent.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.maar.agent.job.AdopterRecipe.Resources;
import java.io.IOException;
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

class BubblewrapTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Limits GENEROUS = Limits.ofFork(new Resources(1L << 30, 256));

    @TempDir
    Path folder;

    private Sandbox sandbox;
    private Reaper reaper;
    private Path work;

    @BeforeEach
    void start() throws Exception {
        sandbox = SandboxHere.orSkip();
        reaper = Reaper.start();
        work = Files.createDirectory(folder.resolve("work")).toRealPath();
    }

    @AfterEach
    void stopReaper() {
        if (reaper != null) {
            reaper.close();
        }
    }

    private ProcessGroup shell(final String script, final Limits limits) throws IOException {
        final Launch launch =
                Launch.piped(List.of("sh", "-c", script), work, Launch.plainEnvironment(), folder.resolve("log"));
        return ProcessGroup.start(sandbox.confine(launch, Place.toWork(List.of(work), limits)), reaper);
    }

    private String said(final String script) throws Exception {
        try (ProcessGroup group = shell(script, GENEROUS)) {
            return new String(group.output().readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }

    @Test
    void theWorkPlaceIsAllThatCanBeChanged() throws Exception {
        final Path outside = Files.writeString(folder.resolve("outside"), "as it was");
        final String tried =
                said("echo in > inside; echo bad > '" + outside + "'; echo bad > /etc/maar-test; echo bad >"
                        + " /usr/maar-test; echo bad > /tmp/maar-test-own && echo own tmp");
        assertThat(tried).isEqualTo("own tmp");
        assertThat(work.resolve("inside")).hasContent("in");
        assertThat(outside).hasContent("as it was");
        assertThat(Path.of("/etc/maar-test")).doesNotExist();
        assertThat(Path.of("/tmp/maar-test-own")).doesNotExist();
    }

    @Test
    void homesAndTheRunFolderAreHiddenAndThereIsNoNetworkButLoopback() throws Exception {
        final Path home = Path.of(System.getProperty("user.home"));
        assertThat(said("ls -A /run; ls -A '" + home + "'").lines())
                .allMatch(name ->
                        System.getenv("PATH").contains(home.resolve(name).toString()));
        assertThat(said("ls /sys/class/net >/dev/null; tail -n +3 /proc/net/dev | cut -d: -f1 | tr -d ' '"))
                .isEqualTo("lo");
    }

    @Test
    void temporaryFoldersHaveASize() throws Exception {
        final Launch launch = Launch.piped(
                List.of("sh", "-c", "df -k --output=size /tmp /dev/shm | tail -n 2"),
                work,
                Launch.plainEnvironment(),
                folder.resolve("log"));
        final Sandbox small = new Bubblewrap(((Bubblewrap) sandbox).program(), List.of(), 1 << 20);
        try (ProcessGroup group =
                ProcessGroup.start(small.confine(launch, Place.toWork(List.of(work), GENEROUS)), reaper)) {
            assertThat(new String(group.output().readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .map(String::strip))
                    .containsExactly("1024", "1024");
        }
    }

    @Test
    void theExitCodeIsTheProgramsOwn() throws Exception {
        try (ProcessGroup group = shell("exit 7", GENEROUS)) {
            assertThat(group.await(LIMIT)).hasValue(7);
        }
        try (ProcessGroup group = shell("kill -s SEGV $$", GENEROUS)) {
            assertThat(group.await(LIMIT)).hasValue(128 + 11);
        }
    }

    @Test
    void aFrozenProgramComputesNothingAndItsChildrenNeither() throws Exception {
        try (ProcessGroup group = shell("(while :; do :; done) & echo ready; while :; do :; done", GENEROUS)) {
            assertThat(new String(group.output().readNBytes(6), StandardCharsets.US_ASCII))
                    .isEqualTo("ready\n");
            group.freeze();
            assertThat(group.awaitFrozen(LIMIT)).isTrue();
            final long frozen = group.cpuNanos();
            assertThat(frozen).isPositive();
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
    void closingKillsAlsoWhatHasLeftTheGroupAndLeavesNoEndedProcess() throws Exception {
        final String mark = "86" + ProcessHandle.current().pid();
        final ProcessGroup group = shell("setsid sleep " + mark + " & sleep " + mark + " & echo ready; wait", GENEROUS);
        assertThat(new String(group.output().readNBytes(6), StandardCharsets.US_ASCII))
                .isEqualTo("ready\n");
        await().atMost(LIMIT).until(() -> running(mark) == 2);
        final long first = ProcessStat.childrenOf(group.id()).get(0);
        group.freeze();
        group.close();

        await().atMost(LIMIT).until(() -> running(mark) == 0);
        await().atMost(LIMIT).until(() -> ProcessStat.of(first).isEmpty());
    }

    private static long running(final String mark) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").equals("sleep " + mark)
                        || process.info().commandLine().orElse("").endsWith("/sleep " + mark))
                .count();
    }

    @Test
    void whatOverstepsALimitIsKilledAndTheReasonNamesTheLimit() throws Exception {
        assertOverstep(
                "a=x; while :; do a=$a$a; done",
                new Limits(64 << 20, 100, 1 << 30, 1 << 30),
                Overstep.Limit.MEMORY,
                "resources: memory");
        assertOverstep(
                "while :; do sleep 1000 & done",
                new Limits(1 << 30, 20, 1 << 30, 1 << 30),
                Overstep.Limit.TASKS,
                "resources: processes");
        assertOverstep(
                "i=0; while :; do i=$((i+1)); head -c 1000000 /dev/zero > fill.$i; done",
                new Limits(1 << 30, 100, 16 << 20, 1 << 30),
                Overstep.Limit.DISK,
                "resources: disk");
        assertOverstep(
                "yes >&2", new Limits(1 << 30, 100, 1 << 30, 4 << 20), Overstep.Limit.OUTPUT, "it printed more than");
    }

    @Test
    void aProgramThatEndsBecauseItFilledItsPlaceIsSaidToHave() throws Exception {
        final Limits limits = new Limits(1 << 30, 100, 4 << 20, 1 << 30);
        try (ProcessGroup group = shell("echo x > small; head -c 100000000 /dev/zero > large", limits)) {
            assertThat(group.await(LIMIT).orElseThrow()).isNotZero();
            assertThat(group.overstepped().map(Overstep::limit)).hasValue(Overstep.Limit.DISK);
        }
    }

    private void assertOverstep(
            final String script, final Limits limits, final Overstep.Limit limit, final String words) throws Exception {
        try (ProcessGroup group = shell(script, limits)) {
            assertThat(group.await(LIMIT)).isPresent();
            assertThat(group.overstepped().map(Overstep::limit)).hasValue(limit);
            assertThat(group.overstepped().map(Overstep::words).orElse("")).contains(words);
        }
    }

    @Test
    void withoutBubblewrapAutoChoosesNoneAndSaysWhyAndBwrapIsRefused() throws Exception {
        final String nowhere = folder.resolve("nowhere").toString();
        final SandboxChoice choice = SandboxChoice.of(SandboxChoice.Wish.AUTO, List.of(), nowhere);
        assertThat(choice.sandbox().confines()).isFalse();
        assertThat(choice.reason()).contains("not installed");
        assertThatThrownBy(() -> SandboxChoice.of(SandboxChoice.Wish.BWRAP, List.of(), nowhere))
                .hasMessageContaining("apt install bubblewrap");
        assertThatThrownBy(() -> SandboxChoice.of(SandboxChoice.Wish.DOCKER, List.of()))
                .hasMessageContaining("use bwrap");
    }

    @Test
    void whereBubblewrapFailsAutoChoosesNoneAndSaysWhatItSaid() throws Exception {
        final Path broken =
                Files.writeString(folder.resolve("bwrap"), "#!/bin/sh\necho no namespaces for you\nexit 1\n");
        assertThat(broken.toFile().setExecutable(true)).isTrue();
        final SandboxChoice choice = SandboxChoice.of(SandboxChoice.Wish.AUTO, List.of(), folder.toString());
        assertThat(choice.sandbox().confines()).isFalse();
        assertThat(choice.reason()).contains("no namespaces for you");
    }

    @Test
    void limitsHoldWithoutASandboxToo() throws Exception {
        final Launch launch = Launch.logged(
                List.of("sh", "-c", "while :; do sleep 1000 & done"),
                work,
                Map.of("PATH", "/usr/bin:/bin"),
                folder.resolve("log"));
        final Limits limits = new Limits(1 << 30, 20, 1 << 30, 1 << 30);
        try (ProcessGroup group =
                ProcessGroup.start(new NoSandbox().confine(launch, Place.toWork(List.of(work), limits)), reaper)) {
            assertThat(group.await(LIMIT)).isPresent();
            assertThat(group.overstepped().map(Overstep::limit)).hasValue(Overstep.Limit.TASKS);
        }
    }
}
