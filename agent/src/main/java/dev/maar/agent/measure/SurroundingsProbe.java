package dev.maar.agent.measure;

import dev.maar.agent.job.Surroundings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Watches the machine around a live pair, by the counters of {@code /proc} (proc(5)): what they say at the start is subtracted from
 * what they say at the end. What this machine does not tell is -1. Immutable.
 */
final class SurroundingsProbe {

    private static final double UNKNOWN = Surroundings.UNKNOWN;
    /** The kernel reports CPU time to programs in hundredths of a second, on every architecture that Java runs on. */
    private static final double TICKS_PER_SECOND = 100;

    private static final int IDLE = 3;
    private static final int IO_WAIT = 4;
    private static final int STEAL = 7;
    /** Guest time follows, which is counted in user time already. */
    private static final int COUNTED = 8;

    private static final List<String> SWAPPING = List.of("pswpin", "pswpout");

    private final Path proc;
    private final long startNanos;
    private final double load;
    private final long[] cpu;
    private final long own;
    private final long majorFaults;
    private final long swapped;
    private final double canary;

    private SurroundingsProbe(final Path proc, final double canary) {
        this.proc = proc;
        this.canary = canary;
        this.startNanos = System.nanoTime();
        this.load = load(proc);
        this.cpu = cpu(proc);
        this.own = own(proc);
        this.majorFaults = counted(proc, List.of("pgmajfault"));
        this.swapped = counted(proc, SWAPPING);
    }

    /**
     * Starts to watch, after a look at the canary.
     *
     * @param proc where the counters are, {@code /proc}
     * @param canary tells whether the cores are as quick as they were
     * @return the probe
     */
    static SurroundingsProbe start(final Path proc, final Canary canary) {
        return new SurroundingsProbe(proc, canary.look());
    }

    /**
     * Starts to watch the counters alone.
     *
     * @param proc where the counters are, {@code /proc}
     * @return the probe
     */
    static SurroundingsProbe start(final Path proc) {
        return new SurroundingsProbe(proc, UNKNOWN);
    }

    /**
     * What the machine did since the start. Foreign is what neither the forks nor this process itself used; a build that this process
     * runs meanwhile is as foreign to a measurement as anyone's.
     *
     * @param forkCpuNanos the CPU time of the forks meanwhile, see {@link LivePair#forkCpuNanos()}
     * @param end the canary's shift at the end
     * @return the surroundings
     */
    Surroundings finish(final long forkCpuNanos, final double end) {
        final long millis = (System.nanoTime() - startNanos) / 1_000_000;
        final long[] now = cpu(proc);
        final long ownNow = own(proc);
        final double all = sum(now) - sum(cpu);
        final boolean known = cpu.length >= COUNTED && now.length >= COUNTED && all > 0;
        double steal = UNKNOWN;
        double foreign = UNKNOWN;
        if (known) {
            final double stolen = now[STEAL] - cpu[STEAL];
            final double idle = now[IDLE] - cpu[IDLE] + now[IO_WAIT] - cpu[IO_WAIT];
            final double forks = forkCpuNanos / 1e9 * TICKS_PER_SECOND;
            steal = share(stolen, all);
            foreign = own < 0 || ownNow < 0 ? UNKNOWN : share(all - idle - stolen - forks - (ownNow - own), all);
        }
        return new Surroundings(
                load,
                steal,
                foreign,
                grown(majorFaults, counted(proc, List.of("pgmajfault"))),
                grown(swapped, counted(proc, SWAPPING)),
                Frequency.megahertz(proc),
                Math.max(canary, end),
                millis);
    }

    private static long grown(final long before, final long now) {
        return before < 0 || now < 0 ? -1 : now - before;
    }

    private static double share(final double part, final double all) {
        return Math.min(1, Math.max(0, part / all));
    }

    private static long sum(final long[] ticks) {
        return Arrays.stream(ticks).sum();
    }

    /** The ticks of all cores together: user, nice, system, idle, iowait, irq, softirq, steal; empty when not known. */
    private static long[] cpu(final Path proc) {
        for (final String line : lines(proc.resolve("stat"))) {
            if (line.startsWith("cpu ")) {
                return Arrays.stream(line.substring("cpu ".length()).trim().split(" +"))
                        .limit(COUNTED)
                        .mapToLong(Long::parseLong)
                        .toArray();
            }
        }
        return new long[0];
    }

    /** The ticks of this process, without its children; -1 when not known. */
    private static long own(final Path proc) {
        final String stat = String.join(" ", lines(proc.resolve("self").resolve("stat")));
        final String[] fields = stat.substring(stat.lastIndexOf(')') + 1).trim().split(" ");
        // Fields 14 and 15 of the line, of which the first two are cut off: utime and stime.
        return fields.length > 12 ? Long.parseLong(fields[11]) + Long.parseLong(fields[12]) : -1;
    }

    private static double load(final Path proc) {
        return lines(proc.resolve("loadavg")).stream()
                .findFirst()
                .map(line -> Double.parseDouble(line.substring(0, line.indexOf(' '))))
                .orElse(UNKNOWN);
    }

    /** The sum of some counters of the machine's memory; -1 when one is not known. */
    private static long counted(final Path proc, final List<String> counters) {
        final List<String> all = lines(proc.resolve("vmstat"));
        long sum = 0;
        for (final String counter : counters) {
            final Optional<String> line =
                    all.stream().filter(any -> any.startsWith(counter + " ")).findFirst();
            if (line.isEmpty()) {
                return -1;
            }
            sum += Long.parseLong(line.get().substring(counter.length() + 1).trim());
        }
        return sum;
    }

    private static List<String> lines(final Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        } catch (final IOException e) {
            return List.of();
        }
    }
}
