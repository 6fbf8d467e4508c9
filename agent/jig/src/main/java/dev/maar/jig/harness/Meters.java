package dev.maar.jig.harness;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * What this JVM has allocated and computed between two moments. For one thread.
 *
 * <p>On a JDK that counts allocation for all threads there ever were (21 and later) that count is used. On older ones the counts
 * of the threads that live at the second moment are added up: what a thread that came and went in between allocated is missed.
 */
final class Meters {

    /** A value that this JVM can not tell. */
    static final long UNKNOWN = -1;

    private static final int CALIBRATIONS = 16;

    private final ThreadMXBean threads;
    private final OperatingSystemMXBean system;
    private final LongSupplier allJvm;
    private final long ownBytes;
    private Map<Long, Long> bytesByThread = Map.of();
    private long bytesBefore;
    private long cpuBefore;

    private Meters(
            final ThreadMXBean threads,
            final OperatingSystemMXBean system,
            final LongSupplier allJvm,
            final boolean calibrated) {
        this.threads = threads;
        this.system = system;
        this.allJvm = allJvm;
        this.ownBytes = calibrated ? ownBytes(new Meters(threads, system, allJvm, false)) : 0;
    }

    /**
     * Meters of this JVM.
     *
     * @return new meters
     */
    static Meters ofThisJvm() {
        final ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
        return new Meters(
                threads, ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class), allJvm(threads), true);
    }

    /** Remembers this moment. */
    void start() {
        cpuBefore = system.getProcessCpuTime();
        bytesBefore = allJvm.getAsLong();
        if (bytesBefore < 0) {
            bytesByThread = bytesByThread();
        }
    }

    /**
     * What was allocated since {@link #start()}, less what asking costs.
     *
     * @return bytes over all threads, or {@link #UNKNOWN}
     */
    long allocatedBytes() {
        if (!threads.isThreadAllocatedMemorySupported()) {
            return UNKNOWN;
        }
        if (bytesBefore >= 0) {
            return Math.max(0, allJvm.getAsLong() - bytesBefore - ownBytes);
        }
        long sum = 0;
        for (final Map.Entry<Long, Long> thread : bytesByThread().entrySet()) {
            sum += Math.max(0, thread.getValue() - bytesByThread.getOrDefault(thread.getKey(), 0L));
        }
        return Math.max(0, sum - ownBytes);
    }

    /**
     * The CPU time of this process since {@link #start()}, in the grain of the operating system's clock ticks.
     *
     * @return nanoseconds, or {@link #UNKNOWN}
     */
    long cpuNanos() {
        final long now = system.getProcessCpuTime();
        return now < 0 || cpuBefore < 0 ? UNKNOWN : now - cpuBefore;
    }

    private Map<Long, Long> bytesByThread() {
        final long[] ids = threads.getAllThreadIds();
        final long[] bytes = threads.getThreadAllocatedBytes(ids);
        final Map<Long, Long> byThread = new HashMap<>();
        for (int i = 0; i < ids.length; i++) {
            byThread.put(ids[i], Math.max(0, bytes[i]));
        }
        return byThread;
    }

    /** The least that two readings with nothing in between show. */
    private static long ownBytes(final Meters bare) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < CALIBRATIONS; i++) {
            bare.start();
            least = Math.min(least, bare.allocatedBytes());
        }
        return Math.max(0, least);
    }

    /** The JVM-wide count of newer JDKs by reflection, as this is compiled for 17; always {@link #UNKNOWN} where it is missing. */
    private static LongSupplier allJvm(final ThreadMXBean threads) {
        try {
            final Method total = ThreadMXBean.class.getMethod("getTotalThreadAllocatedBytes");
            return () -> {
                try {
                    return (long) total.invoke(threads);
                } catch (final ReflectiveOperationException e) {
                    return UNKNOWN;
                }
            };
        } catch (final NoSuchMethodException e) {
            return () -> UNKNOWN;
        }
    }
}
