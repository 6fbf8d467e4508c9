package dev.maar.transport.bench;

import dev.maar.transport.Codec;
import dev.maar.transport.PolledSubscriber;
import dev.maar.transport.Publisher;
import dev.maar.transport.Topic;
import dev.maar.transport.TransportRuntime;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** One thread that sends to itself, through local delivery or by calling the handler. There is no far end. */
final class OneThreadContender implements Contender {

    private final boolean local;

    OneThreadContender(final boolean local) {
        this.local = local;
    }

    @Override
    public End open(final boolean near, final int size, final End.Listener listener) {
        final ByteBuffer[] messages = Mark.messages(size);
        if (local) {
            return new LocalEnd(messages, listener);
        }
        final Consumer<ByteBuffer> handler = message -> listener.onMessage(message.get(message.position()));
        return new DirectEnd(messages, handler);
    }

    @Override
    public void close() {}

    private static final class LocalEnd implements End {
        private final TransportRuntime runtime = TransportRuntime.launch();
        private final ByteBuffer[] messages;
        private final PolledSubscriber<ByteBuffer> subscriber;
        private final Publisher<ByteBuffer> publisher;

        LocalEnd(final ByteBuffer[] messages, final Listener listener) {
            final Topic<ByteBuffer> topic = Topic.of("one thread", Codec.bytes());
            this.messages = messages;
            this.subscriber =
                    runtime.poll(topic, (message, delivery) -> listener.onMessage(message.get(message.position())));
            this.publisher = runtime.publisher(topic);
        }

        @Override
        public void send(final Mark mark) {
            publisher.publish(messages[mark.ordinal()]);
        }

        @Override
        public int poll() {
            return subscriber.poll(1);
        }

        @Override
        public void close() {
            runtime.close();
        }
    }

    private static final class DirectEnd implements End {
        private final ByteBuffer[] messages;
        private final Consumer<ByteBuffer> handler;

        DirectEnd(final ByteBuffer[] messages, final Consumer<ByteBuffer> handler) {
            this.messages = messages;
            this.handler = handler;
        }

        @Override
        public void send(final Mark mark) {
            handler.accept(messages[mark.ordinal()]);
        }

        @Override
        public int poll() {
            return 0;
        }

        @Override
        public void close() {}
    }
}
