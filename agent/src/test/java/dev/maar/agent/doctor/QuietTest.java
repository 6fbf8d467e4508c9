package dev.maar.agent.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class QuietTest {

    @TempDir
    private Path root;

    private Quiet quiet;

    @BeforeEach
    void aQuietMachine() throws IOException {
        write("proc/loadavg", "0.10 0.20 0.30 1/100 1234\n");
        write("proc/stat", "cpu  100 0 50 800 5 0 5 40 0 0\ncpu0 1 1 1 1\n");
        write(
                "proc/meminfo",
                "MemTotal: 8000000 kB\nMemAvailable: 6000000 kB\nSwapTotal: 0 kB\nSwapFree: 0 kB\nDirectMap4k:  430720 kB\n");
        write("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "performance\n");
        write("sys/devices/system/clocksource/clocksource0/current_clocksource", "tsc\n");
        quiet = new Quiet(root, 4);
    }

    @Test
    void nothingIsWrongWithAQuietMachine() {
        assertThat(examine(new Quiet.CpuTimes(500, 40)))
                .extracting(Finding::state)
                .containsOnly(Finding.State.GOOD);
    }

    @Test
    void stealIsTheHypervisorsShareOfTheTimeBetweenTwoLooks() {
        assertThat(quiet.cpuTimes()).isEqualTo(new Quiet.CpuTimes(1000, 40));
        assertThat(states(examine(new Quiet.CpuTimes(500, 20)), "steal")).containsExactly(Finding.State.NOISY);
        assertThat(examine(new Quiet.CpuTimes(500, 20)))
                .anySatisfy(finding -> assertThat(finding.detail()).startsWith("4.0 %"));
    }

    @Test
    void aBusyMachineASlowClockAndAThriftyGovernorAreNoisyAndComeWithTheMend() throws IOException {
        write("proc/loadavg", "3.10 0.20 0.30 1/100 1234\n");
        write("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "powersave\n");
        write("sys/devices/system/clocksource/clocksource0/current_clocksource", "hpet\n");
        final List<Finding> findings = examine(new Quiet.CpuTimes(500, 40));
        for (final String subject : List.of("load", "governor", "clock")) {
            assertThat(states(findings, subject)).as(subject).containsExactly(Finding.State.NOISY);
        }
        assertThat(findings)
                .filteredOn(finding -> finding.state() == Finding.State.NOISY)
                .extracting(Finding::mend)
                .doesNotContain("");
    }

    @Test
    void whatCanNotBeReadIsANoteAndNotAnAlarm() throws IOException {
        Files.delete(root.resolve("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"));
        Files.delete(root.resolve("proc/loadavg"));
        final List<Finding> findings = examine(new Quiet.CpuTimes(500, 40));
        assertThat(states(findings, "governor")).containsExactly(Finding.State.NOTE);
        assertThat(states(findings, "load")).containsExactly(Finding.State.NOTE);
    }

    @Test
    void swappedOutMemoryIsNoisy() throws IOException {
        write("proc/meminfo", "MemAvailable: 6000000 kB\nSwapTotal: 900000 kB\nSwapFree: 100000 kB\n");
        assertThat(states(examine(new Quiet.CpuTimes(500, 40)), "swap")).containsExactly(Finding.State.NOISY);
    }

    @Test
    void noRoomIsBroken() throws IOException {
        final Path file = Files.writeString(root.resolve("file"), "not a folder");
        assertThat(Room.examine(root, file.resolve("below")))
                .extracting(Finding::state)
                .contains(Finding.State.BROKEN);
    }

    @Test
    void aJavaWithoutCompilerIsBroken() {
        assertThat(Tools.jdk(root, 17).state()).isEqualTo(Finding.State.BROKEN);
        assertThat(Tools.jdk(Path.of(System.getProperty("java.home")), 11).state())
                .isEqualTo(Finding.State.BROKEN);
    }

    private List<Finding> examine(final Quiet.CpuTimes earlier) {
        return quiet.examine(earlier, quiet.cpuTimes());
    }

    private static List<Finding.State> states(final List<Finding> findings, final String subject) {
        return findings.stream()
                .filter(finding -> finding.subject().equals(subject))
                .map(Finding::state)
                .toList();
    }

    private void write(final String path, final String text) throws IOException {
        final Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
