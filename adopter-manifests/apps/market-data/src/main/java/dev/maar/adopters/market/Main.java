package dev.maar.adopters.market;

import dev.maar.transport.PublisherOptions;
import dev.maar.transport.TransportRuntime;
import java.io.PrintStream;
import java.util.Locale;

/** Shows a market at work: two desks follow every quote, a board is looked at now and then. */
public final class Main {

    private static final int INSTRUMENTS = 3;
    private static final int QUOTES = 10_000;
    private static final int LOOKS_EVERY = 2_500;
    private static final int WAITING = 16;
    private static final int LIMIT = 16;

    private Main() {}

    /**
     * Sends and prints.
     *
     * @param arguments none
     */
    public static void main(final String[] arguments) {
        run(System.out);
    }

    static void run(final PrintStream out) {
        final Walk walk = new Walk(INSTRUMENTS, 1);
        try (TransportRuntime runtime = TransportRuntime.launch();
                Desk shares = new Desk(runtime, new long[] {100, 50, 20});
                Desk hedge = new Desk(runtime, new long[] {-100, 0, 300});
                Board board = new Board(runtime, INSTRUMENTS, WAITING);
                Feed feed = new Feed(runtime, PublisherOptions.defaults())) {
            for (int i = 1; i <= QUOTES; i++) {
                feed.send(walk.next());
                shares.poll(LIMIT);
                hedge.poll(LIMIT);
                if (i % LOOKS_EVERY == 0) {
                    board.refresh();
                    show(out, board);
                }
            }
            print(out, "shares", shares);
            print(out, "hedge", hedge);
            out.printf("board: %d quotes shown, %d passed it by%n", board.taken(), board.dropped());
        }
    }

    private static void show(final PrintStream out, final Board board) {
        for (int instrument = 0; instrument < INSTRUMENTS; instrument++) {
            final int number = instrument;
            board.shown(instrument)
                    .ifPresent(quote -> out.printf("instrument %d: %d to %d%n", number, quote.bid(), quote.ask()));
        }
    }

    private static void print(final PrintStream out, final String name, final Desk desk) {
        out.printf(
                Locale.ROOT,
                "%s: %d quotes, %d missing, worth %.1f ticks, moved over %.1f%n",
                name,
                desk.heard(),
                desk.missing(),
                desk.value() / 1000.0,
                desk.span() / 1000.0);
    }
}
