package dev.maar.agent.sandbox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The CPU time of a process group, child processes included, to the nanosecond. Safe for use by several threads. */
final class GroupCpu {

    private final long group;
    private final Map<Long, Long> nanosByProcess = new LinkedHashMap<>();

    /** The clock of a group, which knows only the leader so far. */
    GroupCpu(final long group) {
        this.group = group;
        nanosByProcess.put(group, 0L);
    }

    /** Finds the processes that the group has by now. */
    synchronized void lookForProcesses() {
        ProcessStat.membersOf(group).forEach(process -> nanosByProcess.putIfAbsent(process, 0L));
    }

    /** The processes that are known, those that have ended since among them. */
    synchronized List<Long> processes() {
        return List.copyOf(nanosByProcess.keySet());
    }

    /** Whether it knows of a process beside the leader. */
    synchronized boolean knowsChildren() {
        return nanosByProcess.size() > 1;
    }

    /** The CPU time that the known processes have used since each started, in nanoseconds. */
    synchronized long nanos() {
        long sum = 0;
        for (final Map.Entry<Long, Long> process : nanosByProcess.entrySet()) {
            final long now = CpuClocks.nanos(process.getKey());
            if (now > process.getValue()) {
                process.setValue(now);
            }
            sum += process.getValue();
        }
        return sum;
    }

    /**
     * Whether every known process but the leader is stopped or has ended, and its CPU clock does not advance, which it would while one
     * of its threads is still on its way to the stop.
     */
    synchronized boolean childrenStandStill() {
        for (final long process : nanosByProcess.keySet()) {
            if (process != group && !standsStill(process)) {
                return false;
            }
        }
        return true;
    }

    private static boolean standsStill(final long process) {
        final Optional<ProcessStat> stat = ProcessStat.of(process);
        if (stat.isEmpty() || stat.get().state() == 'Z') {
            return true;
        }
        final long cpu = CpuClocks.nanos(process);
        return stat.get().state() == 'T' && CpuClocks.nanos(process) == cpu;
    }
}
