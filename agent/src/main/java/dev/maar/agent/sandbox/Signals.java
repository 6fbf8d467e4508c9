package dev.maar.agent.sandbox;

import com.sun.jna.Library;
import com.sun.jna.Native;

/** POSIX signals to process groups. */
final class Signals {

    /** Sends nothing, and only asks whether the group exists. */
    static final int NONE = 0;

    static final int KILL = 9;
    static final int CONTINUE = 18;
    static final int STOP = 19;

    private static final int ONE_PROCESS = 1;
    private static final int NO_HANG = 1;
    private static final int STOPPED = 2;
    private static final int INFORMATION_BYTES = 128;

    private static final CLibrary C = Native.load("c", CLibrary.class);

    private Signals() {}

    /** What the JDK does not offer of the C library. */
    interface CLibrary extends Library {
        int kill(int pid, int signal);

        int waitid(int idType, int id, byte[] information, int options);
    }

    /**
     * Whether a child process of ours has come to a full stop, all its threads, since this was last asked. See waitid(2).
     *
     * @return false also when there is no such child
     */
    static boolean hasStopped(final long process) {
        final byte[] information = new byte[INFORMATION_BYTES];
        // Where nothing has happened the call succeeds too, and leaves the signal number, which comes first, at 0.
        return C.waitid(ONE_PROCESS, (int) process, information, STOPPED | NO_HANG) == 0 && information[0] != 0;
    }

    /**
     * Sends a signal to one process.
     *
     * @return whether it exists
     */
    static boolean toProcess(final long process, final int signal) {
        if (process <= 1) {
            throw new IllegalArgumentException("not a process of ours: " + process);
        }
        return C.kill((int) process, signal) == 0;
    }

    /**
     * Sends a signal to every process of a group.
     *
     * @return whether the group exists
     */
    static boolean toGroup(final long group, final int signal) {
        if (group <= 1) {
            throw new IllegalArgumentException("not a group of ours: " + group);
        }
        return C.kill((int) -group, signal) == 0;
    }
}
