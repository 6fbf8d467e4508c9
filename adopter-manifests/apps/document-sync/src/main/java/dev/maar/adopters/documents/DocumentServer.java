package dev.maar.adopters.documents;

import dev.maar.transport.Delivery;
import dev.maar.transport.PolledSubscriber;
import dev.maar.transport.Publisher;
import dev.maar.transport.PublisherOptions;
import dev.maar.transport.Topic;
import dev.maar.transport.Transport;
import dev.maar.transport.TransportRuntime;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Has the rows, and answers who asks for them. Answers go to all clients, each of which knows its own. Nothing moves unless
 * {@link #poll} is called. For one thread.
 */
public final class DocumentServer implements AutoCloseable {

    static final Topic<Request> REQUESTS = Topic.of("documents/requests", new RequestCodec());
    static final Topic<Answer> ANSWERS = Topic.of("documents/answers", new AnswerCodec());

    private final Row[] rows;
    private final Rules rules;
    private final Set<Transport> carriers = EnumSet.noneOf(Transport.class);
    private final Publisher<Answer> answers;
    private final PolledSubscriber<Request> requests;
    private long answered;

    /**
     * A server that listens at once.
     *
     * @param runtime the runtime to work with
     * @param options how to publish answers
     * @param texts what the rows say at first
     * @param rules who may do what
     */
    public DocumentServer(
            final TransportRuntime runtime,
            final PublisherOptions options,
            final List<String> texts,
            final Rules rules) {
        this.rows = new Row[texts.size()];
        for (int id = 0; id < rows.length; id++) {
            rows[id] = new Row(id, 0, texts.get(id));
        }
        this.rules = rules;
        this.answers = runtime.publisher(ANSWERS, options);
        this.requests = runtime.poll(REQUESTS, this::answer);
    }

    private void answer(final Request request, final Delivery delivery) {
        carriers.add(delivery.transport());
        answered++;
        answers.publish(answerTo(request));
    }

    private Answer answerTo(final Request request) {
        final int id = request.row();
        final Access access = id < 0 || id >= rows.length ? Access.NONE : rules.access(request.team(), id);
        if (access == Access.NONE) {
            return new Answer(request.client(), request.number(), Answer.Outcome.DENIED, new Row(id, 0, ""));
        }
        if (request.isChange() && access == Access.WRITE && request.revision() == rows[id].revision()) {
            rows[id] = new Row(id, request.revision() + 1, request.text());
            return new Answer(request.client(), request.number(), Answer.Outcome.DONE, rows[id]);
        }
        final Answer.Outcome outcome = !request.isChange()
                ? Answer.Outcome.DONE
                : access == Access.WRITE ? Answer.Outcome.STALE : Answer.Outcome.DENIED;
        return new Answer(request.client(), request.number(), outcome, rows[id]);
    }

    /**
     * Answers the requests that wait.
     *
     * @param limit the most requests to answer
     * @return how many were answered
     */
    public int poll(final int limit) {
        return requests.poll(limit);
    }

    /**
     * A row as it is now.
     *
     * @param id which row
     * @return the row
     */
    public Row row(final int id) {
        return rows[id];
    }

    /**
     * Requests that were answered.
     *
     * @return their number
     */
    public long answered() {
        return answered;
    }

    /**
     * What has carried requests so far.
     *
     * @return the transports; empty before the first request
     */
    public Set<Transport> carriers() {
        return EnumSet.copyOf(carriers);
    }

    /** Stops answering. */
    @Override
    public void close() {
        requests.close();
        answers.close();
    }
}
