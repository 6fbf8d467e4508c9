package dev.maar.agent.sandbox;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The CPU time of a process group, child processes included, to the nanosecond. A process that comes and goes between two calls of
 * {@link #lookForProcesses()} is missed; one that has ended counts with what was last seen. For one thread.
 */
public final class GroupCpu {

    private final long group;
    private final Map<Long, Long> nanosByProcess = new LinkedHashMap<>();

    /**
     * The clock of a group, which knows the leader so far.
     *
     * @param group the group
     */
    public GroupCpu(final ProcessGroup group) {
        this.group = group.id();
        nanosByProcess.put(this.group, 0L);
    }

    /** Finds the processes that the group has by now. Takes milliseconds: the whole of {@code /proc} is looked at. */
    public void lookForProcesses() {
        ProcessStat.membersOf(group).forEach(process -> nanosByProcess.putIfAbsent(process, 0L));
    }

    /**
     * The CPU time that the known processes have used since each started.
     *
     * @return nanoseconds
     */
    public long nanos() {
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
}
