package dev.maar.adopters.hotpath;

import dev.maar.transport.Transport;
import java.util.function.LongConsumer;

/**
 * Times one message in some, because reading the clock twice takes about 50 ns: as long as a message by hand-over, and a hundredth of one over
 * a socket. For one thread.
 */
final class Stopwatch {

    private final long every;
    private final LongConsumer latencies;
    private long started;
    private boolean running;

    /**
     * A stopwatch.
     *
     * @param transport what carries the messages; the same messages are timed whatever the runtime
     * @param latencies told how long a message took, in nanoseconds
     */
    Stopwatch(final Transport transport, final LongConsumer latencies) {
        this.every = switch (transport) {
            case LOCAL -> 64;
            case SHM -> 16;
            case UDP, TCP -> 1;
        };
        this.latencies = latencies;
    }

    /** A message is about to go out. */
    void departs(final long number) {
        if (number % every == 0) {
            running = true;
            started = System.nanoTime();
        }
    }

    /** It has arrived. */
    void arrived() {
        if (running) {
            running = false;
            latencies.accept(System.nanoTime() - started);
        }
    }
}
