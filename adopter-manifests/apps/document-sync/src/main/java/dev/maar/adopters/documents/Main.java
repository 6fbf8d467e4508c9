package dev.maar.adopters.documents;

import dev.maar.transport.PublisherOptions;
import dev.maar.transport.TransportRuntime;
import java.io.PrintStream;
import java.util.List;

/** Shows a shopping list at work: two people change the same row, a guest may only read, and one row is private. */
public final class Main {

    private static final int LIMIT = 16;
    private static final List<String> LIST = List.of("milk", "bread", "a present for Ada");
    private static final int ADA = 0;
    private static final int BEN = 1;
    private static final int GUEST = 2;
    private static final Rules RULES = new Rules(List.of(
            new Rule(ADA, 2, 3, Access.NONE),
            new Rule(GUEST, 0, 2, Access.READ),
            new Rule(GUEST, 2, 3, Access.NONE),
            new Rule(Rule.EVERYBODY, 0, 3, Access.WRITE)));

    private Main() {}

    /**
     * Asks and prints.
     *
     * @param arguments none
     */
    public static void main(final String[] arguments) {
        run(System.out);
    }

    static void run(final PrintStream out) {
        final PublisherOptions options = PublisherOptions.defaults();
        try (TransportRuntime runtime = TransportRuntime.launch();
                DocumentServer server = new DocumentServer(runtime, options, LIST, RULES);
                DocumentClient ada = client(runtime, out, "Ada", ADA);
                DocumentClient ben = client(runtime, out, "Ben", BEN);
                DocumentClient guest = client(runtime, out, "the guest", GUEST)) {
            final Runnable round = () -> {
                server.poll(LIMIT);
                List.of(ada, ben, guest).forEach(client -> client.poll(LIMIT));
            };
            ada.change(0, "milk, 2 bottles");
            ben.change(0, "oat milk");
            round.run();
            ben.change(0, "milk, 2 bottles, and oat milk");
            guest.change(1, "cake");
            ada.read(2);
            ben.read(2);
            round.run();
        }
    }

    private static DocumentClient client(
            final TransportRuntime runtime, final PrintStream out, final String name, final int team) {
        return new DocumentClient(
                runtime,
                PublisherOptions.defaults(),
                team,
                team,
                answer -> out.printf(
                        "%s, row %d: %s, revision %d, '%s'%n",
                        name,
                        answer.row().id(),
                        answer.outcome(),
                        answer.row().revision(),
                        answer.row().text()));
    }
}
