package dev.maar.adopters.recorder;

import dev.maar.transport.Codec;
import dev.maar.transport.Delivery;
import dev.maar.transport.PolledSubscriber;
import dev.maar.transport.Topic;
import dev.maar.transport.Transport;
import dev.maar.transport.TransportRuntime;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Keeps what it hears, with the time at which it came. Its tape is of a fixed size: what comes when it is full is counted and lost.
 * Nothing moves unless {@link #poll} is called. For one thread.
 */
public final class BurstRecorder implements AutoCloseable {

    /** What is recorded. */
    public static final Topic<ByteBuffer> BUS = Topic.of("recorder/bus", Codec.bytes());

    private final Tape tape;
    private final LongSupplier clock;
    private final Set<Transport> carriers = EnumSet.noneOf(Transport.class);
    private final PolledSubscriber<ByteBuffer> subscriber;
    private long heard;
    private long lost;
    private long missing;
    private long expected = -1;

    /**
     * A recorder that listens at once.
     *
     * @param runtime the runtime to subscribe with
     * @param messages the most messages that fit its tape
     * @param payloadBytes the most bytes of messages that fit its tape
     * @param clock tells the time in nanoseconds, such as {@link System#nanoTime}
     */
    public BurstRecorder(
            final TransportRuntime runtime, final int messages, final int payloadBytes, final LongSupplier clock) {
        this.tape = new Tape(messages, payloadBytes);
        this.clock = clock;
        this.subscriber = runtime.poll(BUS, this::record);
    }

    private void record(final ByteBuffer message, final Delivery delivery) {
        carriers.add(delivery.transport());
        if (expected >= 0) {
            missing += delivery.sequence() - expected;
        }
        expected = delivery.sequence() + 1;
        heard++;
        if (!tape.keep(message, clock.getAsLong())) {
            lost++;
        }
    }

    /**
     * Records the messages that wait.
     *
     * @param limit the most messages to take
     * @return how many were taken
     */
    public int poll(final int limit) {
        return subscriber.poll(limit);
    }

    /**
     * Takes the tape out and puts an empty one in.
     *
     * @return what was recorded since the last call
     */
    public Recording take() {
        final Recording recording = tape.recording();
        tape.rewind();
        return recording;
    }

    /**
     * Messages on the tape.
     *
     * @return their number
     */
    public int recorded() {
        return tape.count();
    }

    /**
     * Messages heard, those that found no room included.
     *
     * @return their number
     */
    public long heard() {
        return heard;
    }

    /**
     * Messages that found no room on the tape.
     *
     * @return their number
     */
    public long lost() {
        return lost;
    }

    /**
     * Messages that did not come although later ones did.
     *
     * @return their number
     */
    public long missing() {
        return missing;
    }

    /**
     * What has carried messages so far.
     *
     * @return the transports; empty before the first message
     */
    public Set<Transport> carriers() {
        return EnumSet.copyOf(carriers);
    }

    /** Stops listening. */
    @Override
    public void close() {
        subscriber.close();
    }
}
