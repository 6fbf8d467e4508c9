package dev.maar.adopters.recorder;

import dev.maar.transport.Publisher;
import dev.maar.transport.PublisherOptions;
import dev.maar.transport.TransportRuntime;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * A vehicle's control units, as something to record: most of the time a few short messages in each cycle, and now and then a long burst
 * of larger ones, when a fault is found and every unit says what it knows. For one thread.
 */
final class ControlUnits implements AutoCloseable {

    private static final int UNITS = 6;
    private static final int SHORT = 24;
    private static final int LONGEST = 480;
    private static final double FAULTS = 0.1;
    private static final long CYCLE_NANOS = 1_000_000;

    private final Publisher<ByteBuffer> publisher;
    private final Random random;
    private int number;

    ControlUnits(final TransportRuntime runtime, final PublisherOptions options, final long seed) {
        publisher = runtime.publisher(BurstRecorder.BUS, options);
        random = new Random(seed);
    }

    /** A cycle: its messages, with {@code meanwhile} called between them and while nothing is said. */
    void cycle(final Runnable meanwhile) {
        final long end = System.nanoTime() + CYCLE_NANOS + random.nextInt((int) CYCLE_NANOS);
        final boolean fault = random.nextDouble() < FAULTS;
        for (int unit = 0; unit < UNITS; unit++) {
            final int messages = fault ? 2 + random.nextInt(6) : random.nextInt(2);
            for (int i = 0; i < messages; i++) {
                publisher.publish(message(unit, fault));
                meanwhile.run();
            }
        }
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(CYCLE_NANOS / 10);
            meanwhile.run();
        }
    }

    private ByteBuffer message(final int unit, final boolean fault) {
        final int length = fault ? SHORT + random.nextInt(LONGEST - SHORT) : SHORT;
        final ByteBuffer message = ByteBuffer.allocate(length);
        message.put((byte) unit).putInt(number++).put((byte) (fault ? 1 : 0));
        while (message.hasRemaining()) {
            message.put((byte) random.nextInt());
        }
        return message.flip();
    }

    @Override
    public void close() {
        publisher.close();
    }
}
