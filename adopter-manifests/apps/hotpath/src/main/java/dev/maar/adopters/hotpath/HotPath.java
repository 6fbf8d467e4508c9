package dev.maar.adopters.hotpath;

import dev.maar.transport.Codec;
import dev.maar.transport.PublisherOptions;
import dev.maar.transport.Topic;
import dev.maar.transport.Transport;
import dev.maar.transport.TransportRuntime;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;

/** A game of ping-pong in a runtime of its own. For one thread. */
public final class HotPath implements AutoCloseable {

    /** The two styles of the runtime's API. */
    public enum Api {
        /** Handlers on the runtime's thread. */
        ASYNC,
        /** Receivers on the caller's thread. */
        SYNC
    }

    private final Score score = new Score();
    private final TransportRuntime runtime;
    private final PingPong pingPong;

    /**
     * Sets up both ends.
     *
     * @param transport what carries the messages
     * @param api the style of both ends
     * @param payloadBytes the length of a message
     * @param seed what the messages are made from
     * @param latencies told how long a message took, in nanoseconds, for one in 64 by hand-over, one in 16 through shared memory and each
     *     over a socket; on the thread that plays
     * @throws dev.maar.transport.TransportException when the runtime can not join the ends by that transport
     */
    public HotPath(
            final Transport transport,
            final Api api,
            final int payloadBytes,
            final long seed,
            final LongConsumer latencies) {
        final PublisherOptions options = options(transport);
        final List<Topic<ByteBuffer>> thereAndBack =
                List.of(Topic.of("hotpath/ping", Codec.bytes()), Topic.of("hotpath/pong", Codec.bytes()));
        final Payloads payloads = new Payloads(payloadBytes, seed);
        final Stopwatch stopwatch = new Stopwatch(transport, latencies);
        runtime = TransportRuntime.launch();
        pingPong = switch (api) {
            case ASYNC -> new AsyncPingPong(runtime, thereAndBack, options, payloads, score, stopwatch);
            case SYNC -> new SyncPingPong(runtime, thereAndBack, options, payloads, score, stopwatch);
        };
    }

    /** Everything is said, so that the environment has no say. */
    private static PublisherOptions options(final Transport transport) {
        return PublisherOptions.defaults()
                .allowLocal(transport == Transport.LOCAL)
                .forceTcp(transport == Transport.TCP)
                .forceUdp(transport == Transport.UDP);
    }

    /**
     * Begins a game.
     *
     * @param messages how many messages, in both directions together, at least 1
     */
    public void play(final long messages) {
        pingPong.play(messages);
    }

    /**
     * Works on the game, or waits a little for the runtime's thread to do so. To be called until all messages have arrived.
     *
     * @return messages that have arrived since the beginning
     */
    public long advance() {
        return pingPong.advance();
    }

    /**
     * Messages that arrived at either end.
     *
     * @return their number
     */
    public long messages() {
        return score.messages();
    }

    /**
     * A checksum over the messages that arrived, in their order.
     *
     * @return the checksum
     */
    public long checksum() {
        return score.checksum();
    }

    /**
     * What has carried the messages, as each of them said when it was delivered.
     *
     * @return the transports; empty before the first message
     */
    public Set<Transport> carriers() {
        return score.carriers();
    }

    /**
     * Messages delivered by one transport, as the runtime counts them.
     *
     * @param transport the transport
     * @return their number
     */
    public long counted(final Transport transport) {
        return runtime.counters().received(transport);
    }

    /** Ends the game and its runtime. */
    @Override
    public void close() {
        pingPong.close();
        runtime.close();
    }
}
