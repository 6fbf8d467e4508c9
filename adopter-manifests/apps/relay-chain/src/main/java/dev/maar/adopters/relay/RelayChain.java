package dev.maar.adopters.relay;

import dev.maar.transport.PolledSubscriber;
import dev.maar.transport.PublisherOptions;
import dev.maar.transport.Topic;
import dev.maar.transport.Transport;
import dev.maar.transport.TransportContext;
import dev.maar.transport.TransportRuntime;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A chain in a runtime of its own: raw blocks, through a low-pass filter and a downsampler, to a sink. Nothing moves
 * unless {@link #poll} is called. For one thread.
 */
public final class RelayChain implements AutoCloseable {

    private static final Topic<SampleBlock> RAW = topic("raw");
    private static final Topic<SampleBlock> FILTERED = topic("filtered");
    private static final Topic<SampleBlock> REDUCED = topic("reduced");

    private final Set<Transport> carriers = EnumSet.noneOf(Transport.class);
    private final PublisherOptions options;
    private final int window;
    private final int blockSamples;
    private final TransportRuntime runtime;
    private final Stage filter;
    private final Stage downsampler;
    private final PolledSubscriber<SampleBlock> sink;

    /**
     * A chain that is ready for its source.
     *
     * @param context the settings of its runtime
     * @param options how its stages publish
     * @param settings what it does to the signal
     * @param sink is handed each block that comes out, by {@link #poll}; valid until it returns
     */
    public RelayChain(
            final TransportContext context,
            final PublisherOptions options,
            final ChainSettings settings,
            final Consumer<SampleBlock> sink) {
        this.options = options;
        window = context.maxInFlight();
        blockSamples = settings.blockSamples();
        runtime = TransportRuntime.launch(context);
        filter = stage(RAW, FILTERED, new FirFilter(settings.filter(), blockSamples));
        downsampler = stage(FILTERED, REDUCED, new Downsampler(settings.factor()));
        this.sink = runtime.poll(REDUCED, (block, delivery) -> {
            carriers.add(delivery.transport());
            sink.accept(block);
        });
    }

    private Stage stage(final Topic<SampleBlock> from, final Topic<SampleBlock> to, final Step step) {
        return new Stage(runtime, from, to, options, step, new BlockRing(window + 1, blockSamples), carriers);
    }

    private static Topic<SampleBlock> topic(final String name) {
        return Topic.of("relay/" + name, new SampleBlockCodec());
    }

    /**
     * A source at the chain's beginning.
     *
     * @param recording what it plays over and over
     * @return the source
     */
    public SignalSource source(final float[] recording) {
        return new SignalSource(runtime.publisher(RAW, options), recording, blockSamples, window + 1);
    }

    /**
     * How many blocks a source may emit before {@link #poll} is owed.
     *
     * @return the number of blocks
     */
    public int window() {
        return window;
    }

    /**
     * Moves what waits: one duty cycle of each stage, in the order of the chain, so that blocks emitted since the last
     * call come out at the sink.
     *
     * @return how many blocks reached the sink
     */
    public int poll() {
        filter.poll(window);
        downsampler.poll(window);
        return sink.poll(window);
    }

    /**
     * What has carried blocks so far, between any two stages.
     *
     * @return the transports; empty before the first block
     */
    public Set<Transport> carriers() {
        return EnumSet.copyOf(carriers);
    }

    /** Ends the chain and its runtime; blocks on their way are dropped. */
    @Override
    public void close() {
        filter.close();
        downsampler.close();
        sink.close();
        runtime.close();
    }
}
