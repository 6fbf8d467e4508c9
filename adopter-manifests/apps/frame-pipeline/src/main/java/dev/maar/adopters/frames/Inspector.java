package dev.maar.adopters.frames;

import dev.maar.transport.Publisher;
import dev.maar.transport.PublisherOptions;
import dev.maar.transport.ReceiveTimeoutException;
import dev.maar.transport.Receiver;
import dev.maar.transport.Topic;
import dev.maar.transport.Transport;
import dev.maar.transport.TransportRuntime;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/** Takes frames, measures them and publishes what it found. For one thread. */
public final class Inspector implements AutoCloseable {

    /** Where reports are published. */
    static final Topic<FrameReport> REPORTS = Topic.of("frames/reports", new FrameReportCodec());

    private final Set<Transport> carriers = EnumSet.noneOf(Transport.class);
    private final Receiver<Frame> input;
    private final Publisher<FrameReport> output;

    /**
     * An inspector that listens at once.
     *
     * @param runtime the runtime to work with
     * @param options how to publish reports
     */
    public Inspector(final TransportRuntime runtime, final PublisherOptions options) {
        this.output = runtime.publisher(REPORTS, options);
        this.input = runtime.receiver(Camera.FRAMES);
    }

    /**
     * Works on the next frame.
     *
     * @param patience how long to wait for it
     * @return whether there was one
     * @throws IllegalArgumentException when it is not made of whole tiles; it is left out
     */
    public boolean inspect(final Duration patience) {
        final FrameReport report;
        try {
            final Frame frame = input.receive(patience);
            carriers.add(input.delivery().transport());
            report = TileMeter.measure(frame);
        } catch (final ReceiveTimeoutException nothing) {
            return false;
        } finally {
            // Before the report goes out, so that the camera gets its room back as early as can be.
            input.release();
        }
        output.publish(report);
        return true;
    }

    /**
     * What has carried frames so far.
     *
     * @return the transports; empty before the first frame
     */
    public Set<Transport> carriers() {
        return EnumSet.copyOf(carriers);
    }

    /** Stops listening. */
    @Override
    public void close() {
        input.close();
        output.close();
    }
}
