package dev.maar.adopters.market.jig;

import dev.maar.adopters.market.Board;
import dev.maar.adopters.market.Desk;
import dev.maar.adopters.market.Feed;
import dev.maar.adopters.market.Quote;
import dev.maar.adopters.market.Walk;
import dev.maar.jig.Case;
import dev.maar.jig.Check;
import dev.maar.jig.Jig;
import dev.maar.jig.Stall;
import dev.maar.transport.PublisherOptions;
import dev.maar.transport.Transport;
import dev.maar.transport.TransportContext;
import dev.maar.transport.TransportRuntime;
import java.util.EnumSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * A feed, its desks and a slow board on the jig's own thread. An operation is one quote, heard by every desk. Quotes go out in bursts of
 * as many as may be in flight; the board is looked at once in {@value #LOOK_EVERY} quotes, so that most of them pass it by. Which
 * of the older ones it still finds depends on the transport and its threads; the newest it finds always, and only that
 * one is part of the check.
 *
 * <p>Settings: {@code transport} (local, shm), {@code desks} (how many).
 */
public final class FanOutJig implements Jig {

    private static final int INSTRUMENTS = 64;
    private static final int RECORDED_QUOTES = 1 << 14;
    /** Far more than wait for the board. */
    private static final int LOOK_EVERY = 512;

    private static final int WAITING = 64;

    private final Stall stall = new Stall();
    private TransportRuntime runtime;
    private int window;
    private Quote[] quotes;
    private Desk[] desks;
    private Board board;
    private Feed feed;
    private LongSupplier heard;
    private LongSupplier shown;
    private long boardHash;

    @Override
    public void setUp(final Case setting) {
        final PublisherOptions options = options(setting.get("transport"));
        final TransportContext context = new TransportContext();
        window = context.maxInFlight();
        quotes = recorded(setting.seed());
        runtime = TransportRuntime.launch(context);
        desks = new Desk[setting.getInt("desks")];
        final Random random = new Random(setting.seed());
        for (int i = 0; i < desks.length; i++) {
            desks[i] = new Desk(
                    runtime, random.longs(INSTRUMENTS, -1_000, 1_000).toArray());
        }
        board = new Board(runtime, INSTRUMENTS, WAITING);
        feed = new Feed(runtime, options);
        heard = this::heard;
        shown = () -> {
            board.refresh();
            return board.newest() + 1;
        };
    }

    private static PublisherOptions options(final String transport) {
        return switch (transport) {
            case "local" -> PublisherOptions.defaults().allowLocal(true);
            case "shm" -> PublisherOptions.defaults().allowLocal(false);
            default -> throw new IllegalArgumentException("the fan-out jig knows local and shm, not " + transport);
        };
    }

    private static Quote[] recorded(final long seed) {
        final Walk walk = new Walk(INSTRUMENTS, seed);
        final Quote[] quotes = new Quote[RECORDED_QUOTES];
        for (int i = 0; i < quotes.length; i++) {
            quotes[i] = walk.next();
        }
        return quotes;
    }

    /** What the slowest desk has heard, after all have taken what waits. */
    private long heard() {
        long least = Long.MAX_VALUE;
        for (final Desk desk : desks) {
            desk.poll(window);
            least = Math.min(least, desk.heard());
        }
        return least;
    }

    @Override
    public void run(final long operations) {
        final long end = feed.sent() + operations;
        while (feed.sent() < end) {
            final long untilLook = LOOK_EVERY - feed.sent() % LOOK_EVERY;
            final long burst = Math.min(Math.min(end - feed.sent(), window), untilLook);
            for (long i = 0; i < burst; i++) {
                feed.send(quotes[(int) (feed.sent() & (RECORDED_QUOTES - 1))]);
            }
            if (!stall.await(heard, feed.sent()) || (burst == untilLook && !look())) {
                return;
            }
        }
    }

    /** Until the board shows the newest quote; false when it does not come. */
    private boolean look() {
        if (!stall.await(shown, feed.sent())) {
            return false;
        }
        final Quote last = quotes[(int) ((feed.sent() - 1) & (RECORDED_QUOTES - 1))];
        boardHash = boardHash * 31
                + board.shown(last.instrument()).map(Quote::microPrice).orElse(-1L);
        return true;
    }

    @Override
    public Check check() {
        long delivered = Long.MAX_VALUE;
        long checksum = boardHash;
        for (final Desk desk : desks) {
            delivered = Math.min(delivered, desk.heard());
            checksum = checksum * 31 + desk.value();
            checksum = checksum * 31 + desk.span();
            checksum = checksum * 31 + desk.missing();
        }
        return Check.of(delivered, checksum);
    }

    @Override
    public Map<String, String> attest() {
        final Set<Transport> carriers = EnumSet.copyOf(board.carriers());
        for (final Desk desk : desks) {
            carriers.addAll(desk.carriers());
        }
        if (carriers.isEmpty()) {
            return Map.of();
        }
        return Map.of(
                "transport", carriers.size() == 1 ? carriers.iterator().next().label() : "mixed");
    }

    @Override
    public void close() {
        feed.close();
        board.close();
        for (final Desk desk : desks) {
            desk.close();
        }
        runtime.close();
    }
}
