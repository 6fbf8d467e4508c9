package dev.maar.adopters.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.maar.jig.Stall;
import dev.maar.transport.PublishTimeoutException;
import dev.maar.transport.PublisherOptions;
import dev.maar.transport.Transport;
import dev.maar.transport.TransportContext;
import dev.maar.transport.TransportRuntime;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MarketTest {

    private static final int MAX_IN_FLIGHT = 8;
    private static final Stall PATIENCE = new Stall(Duration.ofSeconds(10).toNanos());

    @ParameterizedTest
    @EnumSource(names = {"LOCAL", "SHM"})
    void aDeskFollowsEveryQuoteAndKnowsWhatItsPortfolioIsWorth(final Transport transport) {
        try (TransportRuntime runtime = runtime(Duration.ofSeconds(10));
                Desk desk = new Desk(runtime, new long[] {10, -1});
                Feed feed = new Feed(runtime, options(transport))) {
            feed.send(new Quote(0, 99, 101, 1, 1));
            feed.send(new Quote(1, 499, 501, 1, 1));
            feed.send(new Quote(0, 109, 111, 1, 1));
            feed.send(new Quote(0, 111, 109, 1, 1));
            feed.send(new Quote(2, 1, 2, 1, 1));
            hear(desk, 5);

            assertThat(desk.value()).isEqualTo(10 * 110_000 - 500_000);
            assertThat(desk.span()).isEqualTo(500_000);
            assertThat(desk.crossed()).isEqualTo(1);
            assertThat(desk.missing()).isZero();
            assertThat(desk.carriers()).containsExactly(transport);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LOCAL", "SHM"})
    void aBoardThatNobodyLooksAtHoldsNobodyBackAndThenShowsTheNewest(final Transport transport) {
        final Walk walk = new Walk(1, 7);
        try (TransportRuntime runtime = runtime(Duration.ofSeconds(10));
                Desk desk = new Desk(runtime, new long[] {1});
                Board board = new Board(runtime, 1, 4);
                Feed feed = new Feed(runtime, options(transport))) {
            Quote last = walk.next();
            feed.send(last);
            for (int i = 1; i < 1_000; i++) {
                last = walk.next();
                feed.send(last);
                hear(desk, i);
            }

            hear(desk, 1_000);
            assertThat(PATIENCE.await(
                            () -> {
                                board.refresh();
                                return board.newest();
                            },
                            999))
                    .isTrue();
            assertThat(board.shown(0)).contains(last);
            assertThat(board.taken()).isLessThan(1_000);
            assertThat(board.dropped()).isPositive().isLessThanOrEqualTo(1_000 - board.taken());
            assertThat(board.carriers()).containsExactly(transport);
        }
    }

    @Test
    void aBoardShowsExactlyWhatWaitsForIt() {
        try (TransportRuntime runtime = runtime(Duration.ofSeconds(10));
                Board board = new Board(runtime, 10, 4);
                Feed feed = new Feed(runtime, options(Transport.LOCAL))) {
            for (int i = 0; i < 10; i++) {
                feed.send(new Quote(i, i, i + 1, 1, 1));
            }

            assertThat(board.refresh()).isEqualTo(4);
            assertThat(board.dropped()).isEqualTo(6);
            assertThat(board.newest()).isEqualTo(9);
            assertThat(board.shown(5)).isEmpty();
            assertThat(board.shown(6)).contains(new Quote(6, 6, 7, 1, 1));
            assertThat(board.refresh()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LOCAL", "SHM"})
    void aDeskThatDoesNotKeepUpHoldsTheFeedBackAndLosesNothing(final Transport transport) {
        try (TransportRuntime runtime = runtime(Duration.ofMillis(20));
                Desk desk = new Desk(runtime, new long[] {1});
                Feed feed = new Feed(runtime, options(transport))) {
            for (int i = 0; i < MAX_IN_FLIGHT; i++) {
                feed.send(new Quote(0, i, i + 1, 1, 1));
            }

            assertThatThrownBy(() -> feed.send(new Quote(0, 50, 51, 1, 1))).isInstanceOf(PublishTimeoutException.class);
            hear(desk, MAX_IN_FLIGHT);
            feed.send(new Quote(0, 60, 61, 1, 1));
            hear(desk, MAX_IN_FLIGHT + 1);

            assertThat(feed.sent()).isEqualTo(MAX_IN_FLIGHT + 1);
            assertThat(desk.missing()).isZero();
            assertThat(desk.value()).isEqualTo(60_500);
        }
    }

    private static void hear(final Desk desk, final long quotes) {
        assertThat(PATIENCE.await(
                        () -> {
                            desk.poll(MAX_IN_FLIGHT);
                            return desk.heard();
                        },
                        quotes))
                .isTrue();
    }

    private static TransportRuntime runtime(final Duration publishTimeout) {
        return TransportRuntime.launch(
                new TransportContext().maxInFlight(MAX_IN_FLIGHT).publishTimeout(publishTimeout));
    }

    private static PublisherOptions options(final Transport transport) {
        return PublisherOptions.defaults().allowLocal(transport == Transport.LOCAL);
    }
}
