package dev.maar.adopters.hotpath;

import dev.maar.transport.Publisher;
import dev.maar.transport.PublisherOptions;
import dev.maar.transport.Receiver;
import dev.maar.transport.Topic;
import dev.maar.transport.TransportRuntime;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * Both ends are receivers that the player's thread asks in turn; no other thread has a part in it. So nobody reads while a
 * message is written: over shared memory it has to fit into half a term of the publisher's log.
 */
final class SyncPingPong implements PingPong {

    private final Payloads payloads;
    private final Score score;
    private final Stopwatch stopwatch;
    private final List<Publisher<ByteBuffer>> publishers;
    private final List<Receiver<ByteBuffer>> ends;
    private long arrived;
    private long target;

    SyncPingPong(
            final TransportRuntime runtime,
            final List<Topic<ByteBuffer>> thereAndBack,
            final PublisherOptions options,
            final Payloads payloads,
            final Score score,
            final Stopwatch stopwatch) {
        this.payloads = payloads;
        this.score = score;
        this.stopwatch = stopwatch;
        publishers = thereAndBack.stream()
                .map(topic -> runtime.publisher(topic, options))
                .toList();
        ends = thereAndBack.stream().map(runtime::receiver).toList();
    }

    @Override
    public void play(final long messages) {
        target = arrived + messages;
        publish();
    }

    private void publish() {
        publishers.get((int) arrived & 1).publish(payloads.of(arrived));
    }

    @Override
    public long advance() {
        final Receiver<ByteBuffer> end = ends.get((int) arrived & 1);
        final Optional<ByteBuffer> message = end.tryReceive();
        if (message.isPresent()) {
            stopwatch.arrived();
            score.arrived(message.get(), end.delivery());
            end.release();
            arrived++;
            if (arrived < target) {
                stopwatch.departs(arrived);
                publish();
            }
        }
        return arrived;
    }

    @Override
    public void close() {
        publishers.forEach(Publisher::close);
        ends.forEach(Receiver::close);
    }
}
