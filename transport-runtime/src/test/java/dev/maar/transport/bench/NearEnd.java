package dev.maar.transport.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Measures in batches: each gives one time per message. */
final class NearEnd {

    private final Contender contender;
    private final Pattern pattern;
    private final int size;
    private final Waiting waiting = new Waiting();
    private long answers;

    NearEnd(final Contender contender, final Pattern pattern, final int size) {
        this.contender = contender;
        this.pattern = pattern;
        this.size = size;
    }

    /** Nanoseconds per message of each batch. */
    double[] measure(final long warmMillis, final long measureMillis) {
        try (End end = contender.open(true, size, mark -> answers++)) {
            long count = 1;
            final long warm = System.nanoTime();
            while (System.nanoTime() - warm < TimeUnit.MILLISECONDS.toNanos(warmMillis)) {
                final long nanos = batch(end, count);
                count = nanos < pattern.batchNanos() ? count * 2 : Math.max(1, count * pattern.batchNanos() / nanos);
            }
            final List<Double> times = new ArrayList<>();
            final long start = System.nanoTime();
            while (System.nanoTime() - start < TimeUnit.MILLISECONDS.toNanos(measureMillis)) {
                times.add(batch(end, count) / (double) count);
            }
            return times.stream().mapToDouble(Double::doubleValue).toArray();
        }
    }

    private long batch(final End end, final long count) {
        final long start = System.nanoTime();
        switch (pattern) {
            case ROUND_TRIP -> {
                for (long i = 0; i < count; i++) {
                    ask(end);
                }
            }
            case ONE_WAY -> {
                for (long i = 1; i < count; i++) {
                    end.send(Mark.STREAM);
                }
                ask(end);
            }
        }
        return System.nanoTime() - start;
    }

    private void ask(final End end) {
        final long before = answers;
        end.send(Mark.ANSWER);
        waiting.reset();
        while (answers == before) {
            if (end.poll() > 0) {
                waiting.reset();
            } else {
                waiting.idle();
            }
        }
    }
}
