package dev.maar.adopters.frames;

import dev.maar.transport.Publisher;
import dev.maar.transport.PublisherOptions;
import dev.maar.transport.Topic;
import dev.maar.transport.TransportRuntime;
import java.nio.ByteBuffer;

/** Publishes the frames of one camera. For one thread. */
public final class Camera implements AutoCloseable {

    /** Where frames are published. */
    static final Topic<Frame> FRAMES = Topic.of("frames/captured", new FrameCodec());

    private final int id;
    private final Publisher<Frame> output;
    private long captured;

    /**
     * A camera.
     *
     * @param runtime the runtime to publish with
     * @param options how to publish
     * @param id which camera it is
     */
    public Camera(final TransportRuntime runtime, final PublisherOptions options, final int id) {
        this.id = id;
        this.output = runtime.publisher(FRAMES, options);
    }

    /**
     * Publishes a picture.
     *
     * @param width pixels in a row
     * @param height rows
     * @param pixels a byte for each pixel; left alone until the frame has been inspected
     * @throws dev.maar.transport.PublishTimeoutException when there is no room for it; it was not captured
     */
    public void capture(final int width, final int height, final ByteBuffer pixels) {
        output.publish(new Frame(id, captured, width, height, pixels));
        captured++;
    }

    /**
     * Frames published.
     *
     * @return their number, which is also the number of the next frame
     */
    public long captured() {
        return captured;
    }

    /** Stops capturing. */
    @Override
    public void close() {
        output.close();
    }
}
