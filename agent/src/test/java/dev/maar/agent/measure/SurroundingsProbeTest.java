package dev.maar.agent.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.maar.agent.job.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SurroundingsProbeTest {

    @TempDir
    Path proc;

    private void write(final String cpu, final long userTicks, final long systemTicks, final long faults)
            throws IOException {
        Files.createDirectories(proc.resolve("self"));
        Files.writeString(proc.resolve("loadavg"), "1.50 1.00 0.50 2/200 4711\n");
        Files.writeString(proc.resolve("stat"), "cpu  " + cpu + "\ncpu0 1 2 3 4 5 6 7 8 0 0\n");
        Files.writeString(
                proc.resolve("vmstat"),
                "pgfault 12\npgmajfault " + faults + "\npswpin " + 3 * faults + "\npswpout 7\n");
        Files.writeString(
                proc.resolve("self").resolve("stat"),
                "17 (a (strange) name) S 1 17 17 0 -1 0 0 0 0 0 " + userTicks + " " + systemTicks + " 500 600 20 0\n");
    }

    @Test
    void whatNeitherForksNorAgentUsedIsForeign() throws Exception {
        write("100 0 50 1000 10 0 0 40 0 0", 20, 10, 5);
        final SurroundingsProbe probe = SurroundingsProbe.start(proc);
        // 1,000 ticks passed: 600 busy, 370 idle or waiting, 30 stolen. The forks used 3 s, the agent 50 ticks.
        write("550 50 120 1300 80 20 10 70 0 0", 50, 30, 12);
        final Surroundings surroundings = probe.finish(3_000_000_000L, 0.07);

        assertThat(surroundings.load()).isEqualTo(1.5);
        assertThat(surroundings.stealShare()).isCloseTo(0.03, within(1e-9));
        assertThat(surroundings.foreignShare()).isCloseTo(0.25, within(1e-9));
        assertThat(surroundings.majorFaults()).isEqualTo(7);
        assertThat(surroundings.swappedPages()).isEqualTo(21);
        assertThat(surroundings.canaryShift()).isEqualTo(0.07);
        assertThat(surroundings.millis()).isNotNegative();
    }

    @Test
    void whatTheMachineDoesNotTellIsMinusOne() {
        final Surroundings surroundings =
                SurroundingsProbe.start(proc.resolve("nowhere")).finish(0, Surroundings.UNKNOWN);

        assertThat(surroundings.load()).isEqualTo(-1);
        assertThat(surroundings.stealShare()).isEqualTo(-1);
        assertThat(surroundings.foreignShare()).isEqualTo(-1);
        assertThat(surroundings.majorFaults()).isEqualTo(-1);
        assertThat(surroundings.swappedPages()).isEqualTo(-1);
        assertThat(surroundings.megahertz()).isEqualTo(-1);
    }

    @Test
    void thisMachineTells() {
        final SurroundingsProbe probe = SurroundingsProbe.start(Path.of("/proc"), new Canary());
        long ticks = 0;
        final long start = System.nanoTime();
        while (System.nanoTime() - start < 100_000_000L) {
            ticks++;
        }
        final Surroundings surroundings = probe.finish(0, Surroundings.UNKNOWN);

        assertThat(ticks).isPositive();
        assertThat(surroundings.load()).isNotNegative();
        assertThat(surroundings.stealShare()).isBetween(0.0, 1.0);
        assertThat(surroundings.foreignShare()).isBetween(0.0, 1.0);
        assertThat(surroundings.majorFaults()).isNotNegative();
        assertThat(surroundings.swappedPages()).isNotNegative();
        assertThat(surroundings.canaryShift()).isGreaterThan(-1);
    }
}
