package dev.maar.agent.fork;

import dev.maar.agent.job.ForkFailure;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/** Says why a fork ended before it was told to. Pure. */
final class Exit {

    private static final int SIGNALLED = 128;
    private static final int KILL = 9;
    private static final Map<Integer, String> SIGNALS = Map.of(
            1, "SIGHUP", 2, "SIGINT", 4, "SIGILL", 6, "SIGABRT", 7, "SIGBUS", 8, "SIGFPE", KILL, "SIGKILL", 11,
            "SIGSEGV", 13, "SIGPIPE", 15, "SIGTERM");
    /** Signals that a program does not send itself: someone else, or the kernel for want of memory, ended it. */
    private static final java.util.Set<Integer> FROM_OUTSIDE = java.util.Set.of(1, 2, KILL, 15);

    private Exit() {}

    /**
     * The failure that an early end is.
     *
     * @param code the exit code, 128 + signal when killed; nothing when it only closed its output
     * @param op what it was asked for last
     * @param tail the last lines of its log
     * @return the failure
     */
    static ForkFailure failure(final OptionalInt code, final String op, final String tail) {
        final String during = " during " + op + (tail.isEmpty() ? "; its log is empty" : "; its log ends: " + tail);
        if (code.isEmpty()) {
            return new ForkFailure(ForkFailure.Kind.PROTOCOL, "it closed its standard output" + during);
        }
        if (tail.contains("java.lang.OutOfMemoryError") || tail.contains("MemoryError")) {
            return new ForkFailure(ForkFailure.Kind.OUT_OF_MEMORY, "it ran out of memory" + during);
        }
        final int signal = code.getAsInt() - SIGNALLED;
        if (SIGNALS.containsKey(signal)) {
            final boolean outside = FROM_OUTSIDE.contains(signal);
            return new ForkFailure(
                    outside ? ForkFailure.Kind.INFRA : ForkFailure.Kind.EXIT,
                    "it was ended by " + SIGNALS.get(signal) + (outside ? " from outside" : "") + during);
        }
        return new ForkFailure(
                isNoSpace(tail) ? ForkFailure.Kind.INFRA : ForkFailure.Kind.EXIT,
                "it ended with exit code " + code.getAsInt() + during);
    }

    static boolean isNoSpace(final String text) {
        return text.contains("No space left on device");
    }

    static String seconds(final Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
