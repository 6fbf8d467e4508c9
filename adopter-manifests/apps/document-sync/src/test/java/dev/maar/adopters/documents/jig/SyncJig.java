package dev.maar.adopters.documents.jig;

import dev.maar.adopters.documents.Access;
import dev.maar.adopters.documents.Answer;
import dev.maar.adopters.documents.DocumentClient;
import dev.maar.adopters.documents.DocumentServer;
import dev.maar.adopters.documents.Rule;
import dev.maar.adopters.documents.Rules;
import dev.maar.jig.Case;
import dev.maar.jig.Check;
import dev.maar.jig.Jig;
import dev.maar.jig.Stall;
import dev.maar.transport.PublisherOptions;
import dev.maar.transport.Transport;
import dev.maar.transport.TransportRuntime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * Server and clients in turn on the jig's own thread. An operation is one request with its answer, which all clients hear; the next one is
 * made by the next client when it has come. Half of the requests read, half change; some are denied, and some changes are
 * stale because another client was faster.
 *
 * <p>Settings: {@code transport} (local, shm), {@code clients} (how many, each with a team of its own).
 */
public final class SyncJig implements Jig {

    private static final int ROWS = 256;
    private static final int RECORDED_REQUESTS = 1 << 14;
    private static final int LIMIT = 16;

    private final Stall stall = new Stall();
    private final List<DocumentClient> clients = new ArrayList<>();
    private TransportRuntime runtime;
    private DocumentServer server;
    /** The row that is asked for, and whether it is to be changed. */
    private int[] rows;

    private boolean[] changes;
    private String[] texts;
    private LongSupplier heard;
    private long asked;
    private long answered;
    private long heardByAll;
    private long checksum;

    @Override
    public void setUp(final Case setting) {
        final int count = setting.getInt("clients");
        final PublisherOptions options = options(setting.get("transport"));
        record(new Random(setting.seed()));
        runtime = TransportRuntime.launch();
        server = new DocumentServer(
                runtime,
                options,
                IntStream.range(0, ROWS).mapToObj(row -> "row " + row).toList(),
                rules(count));
        for (int client = 0; client < count; client++) {
            clients.add(new DocumentClient(runtime, options, client, client, this::told));
        }
        heard = this::heard;
    }

    private static PublisherOptions options(final String transport) {
        return switch (transport) {
            case "local" -> PublisherOptions.defaults().allowLocal(true);
            case "shm" -> PublisherOptions.defaults().allowLocal(false);
            default -> throw new IllegalArgumentException("the sync jig knows local and shm, not " + transport);
        };
    }

    /** Each team has a few rows that only it may change, and a few that it may not even read. */
    private static Rules rules(final int teams) {
        final List<Rule> rules = new ArrayList<>();
        for (int team = 0; team < teams; team++) {
            rules.add(new Rule(team, team * 8, team * 8 + 8, Access.WRITE));
            rules.add(new Rule(team, ROWS - (team + 1) * 8, ROWS - team * 8, Access.NONE));
        }
        rules.add(new Rule(Rule.EVERYBODY, 0, teams * 8, Access.READ));
        rules.add(new Rule(Rule.EVERYBODY, 0, ROWS, Access.WRITE));
        return new Rules(rules);
    }

    private void record(final Random random) {
        rows = random.ints(RECORDED_REQUESTS, 0, ROWS).toArray();
        changes = new boolean[RECORDED_REQUESTS];
        texts = new String[RECORDED_REQUESTS];
        for (int i = 0; i < RECORDED_REQUESTS; i++) {
            changes[i] = random.nextBoolean();
            texts[i] = "row " + rows[i] + " as of " + random.nextInt(1_000_000);
        }
    }

    private void told(final Answer answer) {
        answered++;
        long hash = answer.client() * 31L + answer.number();
        hash = hash * 31 + answer.outcome().name().hashCode();
        hash = hash * 31 + answer.row().id();
        hash = hash * 31 + answer.row().revision();
        checksum = checksum * 31 + hash * 31 + answer.row().text().hashCode();
    }

    /** How many answers every client has heard. */
    private long heard() {
        server.poll(LIMIT);
        for (final DocumentClient client : clients) {
            heardByAll += client.poll(LIMIT);
        }
        return heardByAll;
    }

    @Override
    public void run(final long operations) {
        for (long i = 0; i < operations; i++) {
            final int request = (int) (asked & (RECORDED_REQUESTS - 1));
            final DocumentClient client = clients.get((int) (asked % clients.size()));
            if (changes[request]) {
                client.change(rows[request], texts[request]);
            } else {
                client.read(rows[request]);
            }
            asked++;
            // What was lost before is not waited for again.
            if (!stall.await(heard, (heardByAll / clients.size() + 1) * clients.size())) {
                return;
            }
        }
    }

    @Override
    public Check check() {
        return Check.of(answered, checksum);
    }

    @Override
    public Map<String, String> attest() {
        final Set<Transport> carriers = EnumSet.copyOf(server.carriers());
        clients.forEach(client -> carriers.addAll(client.carriers()));
        if (carriers.isEmpty()) {
            return Map.of();
        }
        return Map.of(
                "transport", carriers.size() == 1 ? carriers.iterator().next().label() : "mixed");
    }

    @Override
    public void close() {
        clients.forEach(DocumentClient::close);
        server.close();
        runtime.close();
    }
}
