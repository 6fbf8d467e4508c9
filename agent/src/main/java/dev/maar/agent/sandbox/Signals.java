package dev.maar.agent.sandbox;

import com.sun.jna.Library;
import com.sun.jna.Native;

/** POSIX signals to process groups. */
final class Signals {

    static final int KILL = 9;
    static final int CONTINUE = 18;
    static final int STOP = 19;

    private static final CLibrary C = Native.load("c", CLibrary.class);

    private Signals() {}

    /** The one function of the C library that the JDK does not offer. */
    interface CLibrary extends Library {
        int kill(int pid, int signal);
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
