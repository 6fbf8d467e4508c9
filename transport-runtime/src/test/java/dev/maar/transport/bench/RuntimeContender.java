package dev.maar.transport.bench;

import dev.maar.transport.Codec;
import dev.maar.transport.PolledSubscriber;
import dev.maar.transport.Publisher;
import dev.maar.transport.PublisherOptions;
import dev.maar.transport.Topic;
import dev.maar.transport.Transport;
import dev.maar.transport.TransportContext;
import dev.maar.transport.TransportRuntime;
import java.nio.ByteBuffer;
import java.time.Duration;

/** This runtime with its default settings, one transport forced. */
final class RuntimeContender implements Contender {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Transport transport;
    private final TransportRuntime runtime;

    RuntimeContender(final Site site, final Transport transport) {
        this.transport = transport;
        this.runtime = TransportRuntime.launch(
                new TransportContext().aeronDirectory(site.directory().resolve("aeron")));
    }

    private PublisherOptions options() {
        return switch (transport) {
            case LOCAL -> PublisherOptions.defaults();
            case SHM -> PublisherOptions.defaults().allowLocal(false);
            case UDP -> PublisherOptions.defaults().forceUdp(true);
            case TCP -> PublisherOptions.defaults().forceTcp(true);
        };
    }

    @Override
    public End open(final boolean near, final int size, final End.Listener listener) {
        final Topic<ByteBuffer> there = Topic.of("there " + size, Codec.bytes());
        final Topic<ByteBuffer> back = Topic.of("back " + size, Codec.bytes());
        final PolledSubscriber<ByteBuffer> subscriber = runtime.poll(
                near ? back : there, (message, delivery) -> listener.onMessage(message.get(message.position())));
        return new RuntimeEnd(runtime.publisher(near ? there : back, options()), subscriber, Mark.messages(size));
    }

    @Override
    public void close() {
        runtime.close();
    }

    private static final class RuntimeEnd implements End {
        private final Publisher<ByteBuffer> publisher;
        private final PolledSubscriber<ByteBuffer> subscriber;
        private final ByteBuffer[] messages;
        private boolean connected;

        RuntimeEnd(
                final Publisher<ByteBuffer> publisher,
                final PolledSubscriber<ByteBuffer> subscriber,
                final ByteBuffer[] messages) {
            this.publisher = publisher;
            this.subscriber = subscriber;
            this.messages = messages;
        }

        @Override
        public void send(final Mark mark) {
            if (!connected) {
                connect();
            }
            publisher.publish(messages[mark.ordinal()]);
        }

        private void connect() {
            if (!publisher.awaitConnected(PATIENCE)) {
                throw new IllegalStateException("the other end does not come within " + PATIENCE);
            }
            connected = true;
        }

        @Override
        public int poll() {
            return subscriber.poll(16);
        }

        @Override
        public void close() {
            publisher.close();
            subscriber.close();
        }
    }
}
