package dev.maar.adopters.hotpath;

import java.util.function.LongConsumer;

/** Times one round trip in sixteen, because reading the clock takes as long as a good part of one. For one thread. */
final class Stopwatch {

    private static final int EVERY = 16;

    private final LongConsumer latencies;
    private long started;
    private boolean running;

    Stopwatch(final LongConsumer latencies) {
        this.latencies = latencies;
    }

    /** A ping is about to go out. */
    void ping(final long trip) {
        if (trip % EVERY == 0) {
            running = true;
            started = System.nanoTime();
        }
    }

    /** A pong has arrived. */
    void pong() {
        if (running) {
            running = false;
            latencies.accept(System.nanoTime() - started);
        }
    }
}
