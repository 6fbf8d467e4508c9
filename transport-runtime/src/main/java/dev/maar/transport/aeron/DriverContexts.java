package dev.maar.transport.aeron;

import io.aeron.Aeron;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import org.agrona.concurrent.SleepingMillisIdleStrategy;

/** How media drivers and their clients are set up. */
final class DriverContexts {

    /** The one flag that Aeron needs. */
    private static final String JVM_FLAG = "--add-exports java.base/jdk.internal.misc=ALL-UNNAMED";

    private static final int COUNTER_VALUES_LENGTH = 1 << 20;
    private static final int CLIENT_TICK_MILLIS = 2;

    private DriverContexts() {}

    static void checkFlag() {
        final boolean exported = Object.class.getModule().isExported("jdk.internal.misc", AeronNode.class.getModule());
        if (!exported) {
            throw new LogException(
                    LogException.Kind.MISSING_JVM_FLAG,
                    "messages that leave this runtime need a flag on the java command line: " + JVM_FLAG);
        }
    }

    /** Its directory is removed by {@link HostDriver}, which knows whether it is still its own. */
    static MediaDriver.Context ofDriver(final NodeSettings settings, final DriverIdle idle) {
        return new MediaDriver.Context()
                .aeronDirectoryName(settings.directory().toString())
                .dirDeleteOnStart(false)
                .dirDeleteOnShutdown(false)
                .warnIfDirectoryExists(false)
                .threadingMode(ThreadingMode.SHARED)
                .sharedIdleStrategy(idle)
                .sharedThreadFactory(work -> daemon(work, "maar-aeron-driver"))
                .asyncExecutorEnabled(false)
                .termBufferSparseFile(false)
                .performStorageChecks(true)
                .counterValuesBufferLength(COUNTER_VALUES_LENGTH)
                .errorHandler(settings.errorHandler()::accept);
    }

    static Aeron.Context ofClient(final NodeSettings settings, final ClientFate fate) {
        return new Aeron.Context()
                .aeronDirectoryName(settings.directory().toString())
                .idleStrategy(new SleepingMillisIdleStrategy(CLIENT_TICK_MILLIS))
                .threadFactory(work -> daemon(work, "maar-aeron-client"))
                .closeHandler(fate::ended)
                .errorHandler(fate)
                .subscriberErrorHandler(fate);
    }

    private static Thread daemon(final Runnable work, final String name) {
        final Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }
}
