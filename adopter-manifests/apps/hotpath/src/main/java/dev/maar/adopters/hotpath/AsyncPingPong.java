package dev.maar.adopters.hotpath;

import dev.maar.transport.Delivery;
import dev.maar.transport.Publisher;
import dev.maar.transport.PublisherOptions;
import dev.maar.transport.Subscriber;
import dev.maar.transport.Topic;
import dev.maar.transport.TransportRuntime;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Both ends are handlers on the runtime's thread, each of which answers a message with the next. The player's thread only
 * opens a game and waits.
 */
final class AsyncPingPong implements PingPong {

    private static final long LOOK_NANOS = 50_000;

    private final Payloads payloads;
    private final Score score;
    private final Stopwatch stopwatch;
    /** For the player's thread, there and back: a publisher is for one thread at a time. */
    private final List<Publisher<ByteBuffer>> openings;
    /** For the runtime's thread. */
    private final List<Publisher<ByteBuffer>> answers;

    private final List<Subscriber> ends;
    private final AtomicLong arrived = new AtomicLong();
    private volatile long target;

    AsyncPingPong(
            final TransportRuntime runtime,
            final List<Topic<ByteBuffer>> thereAndBack,
            final PublisherOptions options,
            final Payloads payloads,
            final Score score,
            final Stopwatch stopwatch) {
        this.payloads = payloads;
        this.score = score;
        this.stopwatch = stopwatch;
        openings = thereAndBack.stream()
                .map(topic -> runtime.publisher(topic, options))
                .toList();
        answers = thereAndBack.stream()
                .map(topic -> runtime.publisher(topic, options))
                .toList();
        ends = thereAndBack.stream()
                .map(topic -> runtime.subscribe(topic, this::onMessage))
                .toList();
    }

    @Override
    public void play(final long messages) {
        final long done = arrived.getAcquire();
        target = done + messages;
        openings.get((int) done & 1).publish(payloads.of(done));
    }

    private void onMessage(final ByteBuffer message, final Delivery delivery) {
        stopwatch.arrived();
        score.arrived(message, delivery);
        final long done = arrived.getPlain() + 1;
        if (done < target) {
            stopwatch.departs(done);
            answers.get((int) done & 1).publish(payloads.of(done));
        }
        // Only the runtime's thread writes it: a release is enough.
        arrived.lazySet(done);
    }

    /** Looks rarely, because a look takes the counter's cache line from the thread that plays. */
    @Override
    public long advance() {
        if (arrived.getAcquire() < target) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return arrived.getAcquire();
    }

    @Override
    public void close() {
        openings.forEach(Publisher::close);
        answers.forEach(Publisher::close);
        ends.forEach(Subscriber::close);
    }
}
