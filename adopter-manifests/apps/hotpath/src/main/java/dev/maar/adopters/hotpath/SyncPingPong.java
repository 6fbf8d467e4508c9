package dev.maar.adopters.hotpath;

import dev.maar.transport.Publisher;
import dev.maar.transport.PublisherOptions;
import dev.maar.transport.Receiver;
import dev.maar.transport.Topic;
import dev.maar.transport.TransportRuntime;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Both ends are receivers that the player's thread asks in turn; no other thread has a part in it. */
final class SyncPingPong implements PingPong {

    private final Payloads payloads;
    private final Score score;
    private final Stopwatch stopwatch;
    private final Publisher<ByteBuffer> ping;
    private final Publisher<ByteBuffer> pong;
    private final Receiver<ByteBuffer> pingEnd;
    private final Receiver<ByteBuffer> pongEnd;
    private long completed;
    private long target;

    SyncPingPong(
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
        ping = runtime.publisher(pings, options);
        pong = runtime.publisher(pongs, options);
        pingEnd = runtime.receiver(pings);
        pongEnd = runtime.receiver(pongs);
    }

    @Override
    public void play(final long trips) {
        target = completed + trips;
        ping.publish(payloads.ping(completed));
    }

    @Override
    public long advance() {
        final Optional<ByteBuffer> pinged = pingEnd.tryReceive();
        if (pinged.isPresent()) {
            score.arrived(pinged.get(), pingEnd.delivery());
            pingEnd.release();
            pong.publish(payloads.pong(completed));
        }
        final Optional<ByteBuffer> ponged = pongEnd.tryReceive();
        if (ponged.isPresent()) {
            stopwatch.pong();
            score.arrived(ponged.get(), pongEnd.delivery());
            pongEnd.release();
            completed++;
            if (completed < target) {
                stopwatch.ping(completed);
                ping.publish(payloads.ping(completed));
            }
        }
        return completed;
    }

    @Override
    public void close() {
        ping.close();
        pong.close();
        pingEnd.close();
        pongEnd.close();
    }
}
