package dev.maar.agent.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How quiet a Linux machine is, read below a root so that tests can show it other machines. */
final class Quiet {

    private static final double STEAL_LIMIT = 0.02;

    private final Path root;
    private final int cores;

    Quiet(final Path root, final int cores) {
        this.root = root;
        this.cores = cores;
    }

    /** Looks at once; the steal share needs two looks at {@code /proc/stat} some time apart. */
    List<Finding> examine(final CpuTimes earlier, final CpuTimes later) {
        final List<Finding> findings = new ArrayList<>();
        findings.add(
                cores >= 2
                        ? Finding.good("cores", cores + " cores")
                        : Finding.noisy("cores", "one core", "use a machine with at least two cores"));
        findings.add(load());
        findings.add(steal(earlier, later));
        findings.add(governor());
        findings.add(clockSource());
        findings.add(swap());
        return findings;
    }

    /** Jiffies of all cores since boot: all of them, and those that the hypervisor took. */
    record CpuTimes(long all, long stolen) {}

    CpuTimes cpuTimes() {
        final String[] fields = text("proc/stat")
                .orElse("cpu")
                .lines()
                .findFirst()
                .orElse("cpu")
                .trim()
                .split("\\s+");
        long all = 0;
        // user nice system idle iowait irq softirq steal; guest time is already part of user time.
        for (int i = 1; i < Math.min(fields.length, 9); i++) {
            all += Long.parseLong(fields[i]);
        }
        return new CpuTimes(all, fields.length > 8 ? Long.parseLong(fields[8]) : 0);
    }

    private Finding load() {
        final Optional<Double> load = text("proc/loadavg").map(line -> Double.parseDouble(line.split(" ")[0]));
        if (load.isEmpty()) {
            return Finding.note("load", "can not be read here");
        }
        final String detail = String.format(Locale.ROOT, "%.2f over the last minute", load.get());
        return load.get() > 0.5 * cores
                ? Finding.noisy("load", detail, "stop what else runs; `top` shows it. Maar copes, but needs more pairs")
                : Finding.good("load", detail);
    }

    private static Finding steal(final CpuTimes earlier, final CpuTimes later) {
        final long all = later.all() - earlier.all();
        if (all <= 0) {
            return Finding.note("steal", "can not be read here");
        }
        final double share = (double) (later.stolen() - earlier.stolen()) / all;
        final String detail = String.format(Locale.ROOT, "%.1f %% of CPU time taken by the hypervisor", share * 100);
        return share > STEAL_LIMIT
                ? Finding.noisy("steal", detail, "use a machine with cores of its own")
                : Finding.good("steal", detail);
    }

    private Finding governor() {
        return text("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor")
                .map(String::strip)
                .map(governor -> governor.equals("performance")
                        ? Finding.good("governor", governor)
                        : Finding.noisy(
                                "governor", governor, "cpupower frequency-set -g performance (as root, until reboot)"))
                .orElse(Finding.note("governor", "not to be seen here, as on most virtual machines"));
    }

    private Finding clockSource() {
        return text("sys/devices/system/clocksource/clocksource0/current_clocksource")
                .map(String::strip)
                .map(source -> source.equals("tsc") || source.equals("kvm-clock")
                        ? Finding.good("clock", source)
                        : Finding.noisy(
                                "clock", source + " is slow to read", "boot with clocksource=tsc if the CPU can"))
                .orElse(Finding.note("clock", "the clock source is not to be seen here"));
    }

    private Finding swap() {
        final Map<String, Long> memory = meminfo();
        final long used = memory.getOrDefault("SwapTotal", 0L) - memory.getOrDefault("SwapFree", 0L);
        final long available = memory.getOrDefault("MemAvailable", 0L);
        if (available > 0 && available < 1L << 21) {
            return Finding.noisy(
                    "memory", (available >> 10) + " MiB available", "close programs; two forks and a build need 2 GiB");
        }
        return used > 1L << 16
                ? Finding.noisy("swap", (used >> 10) + " MiB swapped out", "swapoff -a, or add memory")
                : Finding.good("memory", (available >> 10) + " MiB available, no swapping");
    }

    private Map<String, Long> meminfo() {
        return text("proc/meminfo").stream()
                .flatMap(String::lines)
                .filter(line -> line.endsWith(" kB"))
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf(':')),
                        line -> Long.parseLong(line.substring(line.indexOf(':') + 1)
                                .replace(" kB", "")
                                .strip()),
                        (first, second) -> second,
                        TreeMap::new));
    }

    private Optional<String> text(final String path) {
        try {
            return Optional.of(Files.readString(root.resolve(path)));
        } catch (final IOException e) {
            return Optional.empty();
        }
    }
}
