package dev.maar.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where what is forced takes the place of local delivery, each publisher says so once, when that begins to matter. */
final class OverridesLocalTest {

    private static final Topic<String> TOPIC = Topic.of("overridden", new TextCodec());

    private final Logger logger = Logger.getLogger(TransportRuntime.class.getName());
    private final List<LogRecord> records = new CopyOnWriteArrayList<>();
    private final Handler collector = new Handler() {
        @Override
        public void publish(final LogRecord logged) {
            records.add(logged);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        logger.addHandler(collector);
    }

    @AfterEach
    void stopListening() {
        logger.removeHandler(collector);
    }

    private List<String> said() {
        return records.stream()
                .filter(logged -> logged.getMessage().contains("overridden"))
                .map(logged -> logged.getLevel() + " " + logged.getMessage())
                .toList();
    }

    @Test
    void eachPublisherSaysSoOnceWhenTheFirstSubscriberOfThisProcessConnects() {
        final PublisherOptions both =
                PublisherOptions.defaults().allowLocal(true).forceTcp(true);
        try (TransportRuntime runtime = TransportRuntime.launch()) {
            runtime.publisher(TOPIC, both);
            assertThat(said()).isEmpty();
            runtime.receiver(TOPIC);
            final String line = Level.INFO + " topic overridden: tcp is forced, so subscribers of this runtime are not"
                    + " served locally";
            assertThat(said()).containsExactly(line);
            runtime.receiver(TOPIC).close();
            assertThat(said()).containsExactly(line);
            runtime.publisher(TOPIC, PublisherOptions.defaults().forceTcp(true));
            assertThat(said()).containsExactly(line, line);
        }
    }

    @Test
    void nothingIsSaidWhereLocalDeliveryIsUsedOrWasNotAllowedAnyway() {
        try (TransportRuntime runtime = TransportRuntime.launch()) {
            runtime.receiver(TOPIC);
            runtime.publisher(TOPIC);
            runtime.publisher(TOPIC, PublisherOptions.defaults().allowLocal(false));
            runtime.publisher(
                    TOPIC, PublisherOptions.defaults().allowLocal(false).forceTcp(true));
            assertThat(said()).isEmpty();
        }
    }
}
