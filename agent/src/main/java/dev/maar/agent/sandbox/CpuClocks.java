package dev.maar.agent.sandbox;

import com.sun.jna.Library;
import com.sun.jna.Native;

/** The CPU time of other processes, all their threads that live or lived, to the nanosecond. Linux. Stateless. */
final class CpuClocks {

    private static final CLibrary C = Native.load("c", CLibrary.class);

    /** The process-wide scheduler clock, as {@code clock_getcpuclockid(3)} makes it of a process id. */
    private static final int PROCESS_CLOCK = 2;

    private CpuClocks() {}

    /** What the JDK does not offer to the nanosecond. */
    interface CLibrary extends Library {
        int clock_gettime(int clock, long[] secondsAndNanoseconds);
    }

    /**
     * The CPU time that a process has used.
     *
     * @param process its id
     * @return nanoseconds, or -1 when there is no such process
     */
    static long nanos(final long process) {
        final long[] time = new long[2];
        final int clock = (~(int) process << 3) | PROCESS_CLOCK;
        return C.clock_gettime(clock, time) == 0 ? time[0] * 1_000_000_000L + time[1] : -1;
    }
}
