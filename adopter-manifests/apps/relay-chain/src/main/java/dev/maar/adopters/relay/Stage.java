package dev.maar.adopters.relay;

import dev.maar.transport.Delivery;
import dev.maar.transport.PolledSubscriber;
import dev.maar.transport.Publisher;
import dev.maar.transport.PublisherOptions;
import dev.maar.transport.Topic;
import dev.maar.transport.Transport;
import dev.maar.transport.TransportRuntime;
import java.util.Set;

/** A stage in the middle of a chain: what it takes from one topic it works on and publishes on the next. */
final class Stage implements AutoCloseable {

    private final Step step;
    private final BlockRing results;
    private final Set<Transport> carriers;
    private final Publisher<SampleBlock> output;
    private final PolledSubscriber<SampleBlock> input;

    /**
     * A stage that listens at once.
     *
     * @param runtime the runtime to work with
     * @param from where its blocks come from
     * @param to where its results go
     * @param options how to publish them
     * @param step what it does to a block
     * @param results where its results are made; more than may be in flight
     * @param carriers receives the transport of each block
     */
    Stage(
            final TransportRuntime runtime,
            final Topic<SampleBlock> from,
            final Topic<SampleBlock> to,
            final PublisherOptions options,
            final Step step,
            final BlockRing results,
            final Set<Transport> carriers) {
        this.step = step;
        this.results = results;
        this.carriers = carriers;
        this.output = runtime.publisher(to, options);
        this.input = runtime.poll(from, this::relay);
    }

    private void relay(final SampleBlock block, final Delivery delivery) {
        carriers.add(delivery.transport());
        final SampleBlock result = results.next();
        step.apply(block, result);
        output.publish(result);
    }

    int poll(final int limit) {
        return input.poll(limit);
    }

    @Override
    public void close() {
        input.close();
        output.close();
    }
}
