package dev.maar.adopters.hotpath;

import java.util.function.LongConsumer;

/** Times one message in sixteen, because reading the clock takes as long as a good part of one. For one thread. */
final class Stopwatch {

    private static final int EVERY = 16;

    private final LongConsumer latencies;
    private long started;
    private boolean running;

    Stopwatch(final LongConsumer latencies) {
        this.latencies = latencies;
    }

    /** A message is about to go out. */
    void departs(final long number) {
        if (number % EVERY == 0) {
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
