package dev.maar.adopters.documents;

import dev.maar.transport.Delivery;
import dev.maar.transport.PolledSubscriber;
import dev.maar.transport.Publisher;
import dev.maar.transport.PublisherOptions;
import dev.maar.transport.Transport;
import dev.maar.transport.TransportRuntime;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Asks a server for rows, for one team, and keeps copies of what it was shown. It has to be polled even when it waits for nothing, as it
 * hears all answers. For one thread.
 */
public final class DocumentClient implements AutoCloseable {

    private final int id;
    private final int team;
    private final Consumer<Answer> told;
    private final Map<Integer, Row> copies = new HashMap<>();
    private final Set<Transport> carriers = EnumSet.noneOf(Transport.class);
    private final Publisher<Request> requests;
    private final PolledSubscriber<Answer> answers;
    private long asked;
    private long answered;

    /**
     * A client.
     *
     * @param runtime the runtime to work with
     * @param options how to publish requests
     * @param id its number, which no other client has
     * @param team the team it asks for
     * @param told is handed each answer to its own requests, by {@link #poll}
     */
    public DocumentClient(
            final TransportRuntime runtime,
            final PublisherOptions options,
            final int id,
            final int team,
            final Consumer<Answer> told) {
        this.id = id;
        this.team = team;
        this.told = told;
        this.answers = runtime.poll(DocumentServer.ANSWERS, this::take);
        this.requests = runtime.publisher(DocumentServer.REQUESTS, options);
    }

    private void take(final Answer answer, final Delivery delivery) {
        carriers.add(delivery.transport());
        if (answer.client() != id) {
            return;
        }
        answered++;
        if (answer.outcome() != Answer.Outcome.DENIED) {
            copies.put(answer.row().id(), answer.row());
        }
        told.accept(answer);
    }

    /**
     * Asks what a row says.
     *
     * @param row which row
     */
    public void read(final int row) {
        ask(row, Request.READ, "");
    }

    /**
     * Asks to change a row, as far as this client knows it: when somebody else has changed it since, the answer says so and brings
     * the row as it is.
     *
     * @param row which row
     * @param text what it is to say
     */
    public void change(final int row, final String text) {
        final Row copy = copies.get(row);
        ask(row, copy == null ? 0 : copy.revision(), text);
    }

    private void ask(final int row, final int revision, final String text) {
        requests.publish(new Request(id, team, asked, row, revision, text));
        asked++;
    }

    /**
     * Takes the answers that wait, those to others included.
     *
     * @param limit the most answers to take
     * @return how many were taken
     */
    public int poll(final int limit) {
        return answers.poll(limit);
    }

    /**
     * The copy of a row.
     *
     * @param row which row
     * @return what the server showed last; empty when it has not shown it
     */
    public Optional<Row> copy(final int row) {
        return Optional.ofNullable(copies.get(row));
    }

    /**
     * Requests that were made.
     *
     * @return their number
     */
    public long asked() {
        return asked;
    }

    /**
     * Answers to them.
     *
     * @return their number
     */
    public long answered() {
        return answered;
    }

    /**
     * What has carried answers so far.
     *
     * @return the transports; empty before the first answer
     */
    public Set<Transport> carriers() {
        return EnumSet.copyOf(carriers);
    }

    /** Stops asking. */
    @Override
    public void close() {
        requests.close();
        answers.close();
    }
}
