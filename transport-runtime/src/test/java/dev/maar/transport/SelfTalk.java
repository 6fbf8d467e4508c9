package dev.maar.transport;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Locale;

/** Sends itself messages by the transport named, and prints what came of it; "hold" then waits for the end. */
final class SelfTalk {

    private static final Topic<ByteBuffer> TOPIC = Topic.of("self", Codec.bytes());

    private SelfTalk() {}

    public static void main(final String[] arguments) throws InterruptedException {
        final TransportRuntime runtime = TransportRuntime.launch();
        final Transport transport = Transport.valueOf(arguments[0].toUpperCase(Locale.ROOT));
        final Receiver<ByteBuffer> receiver = runtime.receiver(TOPIC);
        try {
            final Publisher<ByteBuffer> publisher = runtime.publisher(TOPIC, Forced.options(transport));
            int received = 0;
            do {
                publisher.publish(ByteBuffer.allocate(8));
                receiver.receive(Duration.ofSeconds(5));
                received++;
                if (received == 1) {
                    System.out.println(receiver.delivery());
                }
            } while (arguments[1].equals("hold") || received < 100);
            System.out.println(received);
        } catch (final TransportException failure) {
            System.out.println(failure.error() + " " + failure.getMessage());
        }
        if (arguments[1].equals("close")) {
            runtime.close();
        }
    }
}
