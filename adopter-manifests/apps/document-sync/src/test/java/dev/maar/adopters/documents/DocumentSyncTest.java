package dev.maar.adopters.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maar.jig.Stall;
import dev.maar.transport.PublisherOptions;
import dev.maar.transport.Transport;
import dev.maar.transport.TransportRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DocumentSyncTest {

    private static final int LIMIT = 16;
    private static final Stall PATIENCE = new Stall(Duration.ofSeconds(10).toNanos());
    private static final Rules RULES = new Rules(List.of(
            new Rule(1, 0, 1, Access.READ), new Rule(1, 1, 2, Access.NONE), new Rule(Rule.EVERYBODY, 0, 3, Access.WRITE)));

    private final List<Answer> toZero = new ArrayList<>();
    private final List<Answer> toOne = new ArrayList<>();

    @ParameterizedTest
    @EnumSource(names = {"LOCAL", "SHM"})
    void aChangeIsSeenByWhoReadsNext(final Transport transport) {
        inDocument(transport, (server, zero, one) -> {
            zero.change(2, "new");
            settle(server, zero, one);
            one.read(2);
            settle(server, zero, one);

            assertThat(one.copy(2)).contains(new Row(2, 1, "new"));
            assertThat(server.row(2)).isEqualTo(new Row(2, 1, "new"));
            assertThat(toZero).containsExactly(new Answer(0, 0, Answer.Outcome.DONE, new Row(2, 1, "new")));
            assertThat(toOne).containsExactly(new Answer(1, 0, Answer.Outcome.DONE, new Row(2, 1, "new")));
            assertThat(server.carriers()).containsExactly(transport);
            assertThat(one.carriers()).containsExactly(transport);
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"LOCAL", "SHM"})
    void ofTwoChangesToOneRevisionTheFirstHoldsAndTheSecondIsShownIt(final Transport transport) {
        inDocument(transport, (server, zero, one) -> {
            zero.change(2, "first");
            one.change(2, "second");
            settle(server, zero, one);

            assertThat(toOne).containsExactly(new Answer(1, 0, Answer.Outcome.STALE, new Row(2, 1, "first")));
            one.change(2, "first and second");
            settle(server, zero, one);

            assertThat(server.row(2)).isEqualTo(new Row(2, 2, "first and second"));
            assertThat(zero.copy(2)).contains(new Row(2, 1, "first"));
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"LOCAL", "SHM"})
    void whoMayNotWriteIsToldWhatTheRowSaysAndWhoMayNotReadIsToldNothing(final Transport transport) {
        inDocument(transport, (server, zero, one) -> {
            one.change(0, "mine");
            one.read(1);
            one.change(1, "mine");
            one.read(-1);
            one.read(3);
            settle(server, zero, one);

            assertThat(toOne)
                    .containsExactly(
                            new Answer(1, 0, Answer.Outcome.DENIED, new Row(0, 0, "zero")),
                            new Answer(1, 1, Answer.Outcome.DENIED, new Row(1, 0, "")),
                            new Answer(1, 2, Answer.Outcome.DENIED, new Row(1, 0, "")),
                            new Answer(1, 3, Answer.Outcome.DENIED, new Row(-1, 0, "")),
                            new Answer(1, 4, Answer.Outcome.DENIED, new Row(3, 0, "")));
            assertThat(one.copy(0)).isEmpty();
            assertThat(server.row(0)).isEqualTo(new Row(0, 0, "zero"));
            assertThat(server.row(1)).isEqualTo(new Row(1, 0, "one"));
            assertThat(toZero).isEmpty();
        });
    }

    /** What is done with a server and two clients. */
    @FunctionalInterface
    private interface Scene {
        void play(DocumentServer server, DocumentClient zero, DocumentClient one);
    }

    private void inDocument(final Transport transport, final Scene scene) {
        final PublisherOptions options = PublisherOptions.defaults().allowLocal(transport == Transport.LOCAL);
        try (TransportRuntime runtime = TransportRuntime.launch();
                DocumentServer server = new DocumentServer(runtime, options, List.of("zero", "one", "two"), RULES);
                DocumentClient zero = new DocumentClient(runtime, options, 0, 0, toZero::add);
                DocumentClient one = new DocumentClient(runtime, options, 1, 1, toOne::add)) {
            scene.play(server, zero, one);
        }
    }

    private static void settle(final DocumentServer server, final DocumentClient... clients) {
        for (final DocumentClient client : clients) {
            assertThat(PATIENCE.await(
                            () -> {
                                server.poll(LIMIT);
                                for (final DocumentClient other : clients) {
                                    other.poll(LIMIT);
                                }
                                return client.answered();
                            },
                            client.asked()))
                    .isTrue();
        }
    }
}
