package dev.maar.adopters.recorder;

import dev.maar.transport.Publisher;
import dev.maar.transport.PublisherOptions;
import dev.maar.transport.TransportRuntime;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.LockSupport;

/** Publishes the messages of a recording, one after the other, over and over. For one thread. */
public final class Player implements AutoCloseable {

    private static final long SPIN_NANOS = 100_000;

    private final Recording recording;
    private final ByteBuffer[] messages;
    private final Publisher<ByteBuffer> publisher;
    private long played;

    /**
     * A player at the recording's beginning.
     *
     * @param runtime the runtime to publish with
     * @param options how to publish
     * @param recording what it plays; has at least one message
     */
    public Player(final TransportRuntime runtime, final PublisherOptions options, final Recording recording) {
        if (recording.size() == 0) {
            throw new IllegalArgumentException("there is nothing in this recording to play");
        }
        this.recording = recording;
        this.messages = new ByteBuffer[recording.size()];
        for (int i = 0; i < messages.length; i++) {
            messages[i] = recording.message(i);
        }
        this.publisher = runtime.publisher(BurstRecorder.BUS, options);
    }

    /** Publishes the next message at once. */
    public void next() {
        publisher.publish(messages[(int) (played % messages.length)]);
        played++;
    }

    /**
     * Plays the recording once with its timing: each message as long after the first as it came when it was recorded, or as soon
     * after that as there is room.
     *
     * @param speed how many times as fast as it was recorded, above 0
     * @param meanwhile called again and again while the next message is not due
     */
    public void play(final double speed, final Runnable meanwhile) {
        final long start = System.nanoTime();
        for (int i = 0; i < messages.length; i++) {
            final long due = start + (long) (recording.offsetNanos(i) / speed);
            meanwhile.run();
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                if (left > SPIN_NANOS) {
                    LockSupport.parkNanos(left - SPIN_NANOS);
                }
                meanwhile.run();
            }
            publisher.publish(messages[i]);
            played++;
        }
    }

    /**
     * Messages published.
     *
     * @return their number
     */
    public long played() {
        return played;
    }

    /** Stops playing. */
    @Override
    public void close() {
        publisher.close();
    }
}
