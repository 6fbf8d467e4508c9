package dev.maar.adopters.hotpath;

import dev.maar.transport.Delivery;
import dev.maar.transport.Publisher;
import dev.maar.transport.PublisherOptions;
import dev.maar.transport.Subscriber;
import dev.maar.transport.Topic;
import dev.maar.transport.TransportRuntime;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Both ends are handlers on the runtime's thread: the one answers each ping, the other answers each pong with the next
 * ping. The player's thread only opens a game and waits.
 */
final class AsyncPingPong implements PingPong {

    private static final long LOOK_NANOS = 50_000;

    private final Payloads payloads;
    private final Score score;
    private final Stopwatch stopwatch;
    /** For the player's thread; the others are for the runtime's, because a publisher is for one thread at a time. */
    private final Publisher<ByteBuffer> opening;

    private final Publisher<ByteBuffer> ping;
    private final Publisher<ByteBuffer> pong;
    private final Subscriber pingEnd;
    private final Subscriber pongEnd;
    private final AtomicLong completed = new AtomicLong();
    private volatile long target;

    AsyncPingPong(
            final TransportRuntime runtime,
            final Topic<ByteBuffer> pings,
            final Topic<ByteBuffer> pongs,
            final PublisherOptions options,
            final Payloads payloads,
            final Score score,
            final Stopwatch stopwatch) {
        this.payloads = payloads;
        this.score = score;
        this.stopwatch = stopwatch;
        opening = runtime.publisher(pings, options);
        ping = runtime.publisher(pings, options);
        pong = runtime.publisher(pongs, options);
        pingEnd = runtime.subscribe(pings, this::onPing);
        pongEnd = runtime.subscribe(pongs, this::onPong);
    }

    @Override
    public void play(final long trips) {
        final long done = completed.getAcquire();
        target = done + trips;
        opening.publish(payloads.ping(done));
    }

    private void onPing(final ByteBuffer message, final Delivery delivery) {
        score.arrived(message, delivery);
        pong.publish(payloads.pong(completed.getPlain()));
    }

    private void onPong(final ByteBuffer message, final Delivery delivery) {
        stopwatch.pong();
        score.arrived(message, delivery);
        final long done = completed.getPlain() + 1;
        if (done < target) {
            stopwatch.ping(done);
            ping.publish(payloads.ping(done));
        }
        // Only the runtime's thread writes it: a release is enough.
        completed.lazySet(done);
    }

    /** Looks rarely, because a look takes the counter's cache line from the thread that plays. */
    @Override
    public long advance() {
        if (completed.getAcquire() < target) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return completed.getAcquire();
    }

    @Override
    public void close() {
        opening.close();
        ping.close();
        pong.close();
        pingEnd.close();
        pongEnd.close();
    }
}
