package dev.maar.transport;

import dev.maar.transport.aeron.LogException;
import dev.maar.transport.aeron.LogReader;
import dev.maar.transport.aeron.LogWriter;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The publisher: hands each message to every link, or to none when one of them has no room.
 *
 * @param <T> the type of the messages
 */
final class TopicPublisher<T> implements Publisher<T> {

    private static final System.Logger LOG = System.getLogger(TransportRuntime.class.getName());
    private static final long CLOSE_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Topic<T> topic;
    private final Registry registry;
    private final Dispatcher dispatcher;
    private final long publishTimeoutNanos;
    private final Selection selection;
    private final Transport inside;
    private final boolean raw;
    private final Gate gate = new Gate();
    private final Idle idle = new Idle();
    private final Tally[] tallies = new Tally[Transport.values().length];

    /** Replaced, never changed, under the registry's lock. */
    private volatile Outlet<T>[] locals = array(0);

    /** Set once, with the first subscriber that is not handed the object itself. */
    private volatile @Nullable LogWriter log;

    /** Which reader of the log is whose. Guarded by the registry's lock. */
    private final Map<Subscription<?>, LogReader> logReaders = new HashMap<>();

    /** How the log gets to its readers. Guarded by the registry's lock. */
    private @Nullable LogRoute route;

    private boolean overrideLogged;
    private long sequence;
    private Transport refusedBy = Transport.LOCAL;
    private ByteBuffer scratch = ByteBuffer.allocate(0);

    TopicPublisher(
            final Topic<T> topic,
            final Selection selection,
            final Registry registry,
            final Dispatcher dispatcher,
            final Duration publishTimeout) {
        this.topic = topic;
        this.selection = selection;
        this.inside = selection.inside();
        this.registry = registry;
        this.dispatcher = dispatcher;
        this.publishTimeoutNanos = publishTimeout.toNanos();
        this.raw = topic.codec() == Codec.bytes();
        Arrays.setAll(tallies, ordinal -> new Tally());
    }

    Topic<T> topic() {
        return topic;
    }

    boolean isRaw() {
        return raw;
    }

    Gate gate() {
        return gate;
    }

    boolean isClosed() {
        return gate.isClosed();
    }

    Tally tally(final Transport transport) {
        return tallies[transport.ordinal()];
    }

    @Override
    public boolean tryPublish(final T message) {
        final boolean sent = attempt(message);
        if (!sent) {
            tally(refusedBy).backPressured();
        }
        return sent;
    }

    @Override
    public void publish(final T message) {
        if (!attempt(message)) {
            tally(refusedBy).backPressured();
            publishWaiting(message);
        }
    }

    /** The time is looked at before the last attempt: a process that was frozen meanwhile still gets that attempt. */
    private void publishWaiting(final T message) {
        final long start = System.nanoTime();
        idle.reset();
        while (true) {
            final boolean expired = System.nanoTime() - start >= publishTimeoutNanos;
            if (attempt(message)) {
                return;
            }
            if (expired) {
                throw new PublishTimeoutException("topic " + topic + ": no room for another message within "
                        + Duration.ofNanos(publishTimeoutNanos)
                        + "; its slowest subscriber has not finished with earlier ones");
            }
            pause();
        }
    }

    private void pause() {
        if (Thread.currentThread().isInterrupted()) {
            throw new TransportException(TransportError.INTERRUPTED, "topic " + topic + ": interrupted while waiting");
        }
        if (!dispatcher.help()) {
            idle.idle();
        }
    }

    private boolean attempt(final T message) {
        Objects.requireNonNull(message, "message");
        if (!gate.enter()) {
            throw new TransportException(TransportError.CLOSED, "topic " + topic + ": the publisher is closed");
        }
        try {
            return send(message);
        } catch (final LogException failure) {
            throw Logs.translated(failure);
        } finally {
            gate.exit();
        }
    }

    private boolean send(final T message) {
        final Outlet<T>[] outlets = locals;
        final LogWriter opened = log;
        final LogWriter writer = opened != null && opened.hasConsumers() ? opened : null;
        if (writer == null && outlets.length == 0) {
            return true;
        }
        for (final Outlet<T> outlet : outlets) {
            if (!outlet.hasRoom()) {
                refusedBy = Transport.LOCAL;
                return false;
            }
        }
        if (writer != null && !write(writer, message)) {
            refusedBy = inside;
            return false;
        }
        if (outlets.length > 0) {
            for (final Outlet<T> outlet : outlets) {
                outlet.put(message, sequence);
            }
            tally(Transport.LOCAL).message(raw ? ((ByteBuffer) message).remaining() : 0);
        }
        sequence++;
        return true;
    }

    private boolean write(final LogWriter writer, final T message) {
        if (!writer.hasRoom()) {
            return false;
        }
        final int size = topic.codec().size(message);
        if (size > writer.maxPieceLength()) {
            return writePieces(writer, message, size);
        }
        final ByteBuffer into = writer.tryClaim(size);
        if (into == null) {
            return false;
        }
        boolean encoded = false;
        try {
            topic.codec().encode(message, into);
            encoded = true;
        } finally {
            if (encoded) {
                writer.commit(sequence);
            } else {
                writer.abort();
            }
        }
        tally(inside).message(size);
        return true;
    }

    /** Once the first piece is in, waits for the others to go in, as long as there is progress. */
    private boolean writePieces(final LogWriter writer, final T message, final int size) {
        final ByteBuffer bytes = raw ? (ByteBuffer) message : encoded(message, size);
        int done = writer.tryPiece(bytes, 0, sequence);
        if (done == 0) {
            return false;
        }
        long progress = System.nanoTime();
        idle.reset();
        while (done < size && writer.hasConsumers()) {
            final boolean expired = System.nanoTime() - progress >= publishTimeoutNanos;
            final int before = done;
            done = writer.tryPiece(bytes, done, sequence);
            if (done > before) {
                progress = System.nanoTime();
                idle.reset();
            } else if (expired) {
                throw new PublishTimeoutException(
                        "topic " + topic + ": a message of " + size + " bytes was given up after "
                                + done + " bytes, because its slowest subscriber took no more within "
                                + Duration.ofNanos(publishTimeoutNanos));
            } else {
                checkOpen();
                pause();
            }
        }
        tally(inside).message(size);
        return true;
    }

    private ByteBuffer encoded(final T message, final int size) {
        if (scratch.capacity() < size) {
            scratch = ByteBuffer.allocate(size);
        }
        scratch.clear().limit(size);
        topic.codec().encode(message, scratch);
        return scratch.position(0).limit(size);
    }

    private void checkOpen() {
        if (gate.isClosed()) {
            throw new TransportException(TransportError.CLOSED, "topic " + topic + ": the publisher is closed");
        }
    }

    private boolean await(final Duration timeout, final BooleanSupplier condition) {
        final long start = System.nanoTime();
        final long nanos = timeout.toNanos();
        idle.reset();
        while (true) {
            final boolean expired = System.nanoTime() - start >= nanos;
            if (condition.getAsBoolean()) {
                return true;
            }
            if (expired) {
                return false;
            }
            pause();
        }
    }

    @Override
    public Transport transport() {
        return inside;
    }

    @Override
    public boolean isConnected() {
        final LogWriter writer = log;
        return locals.length > 0 || (writer != null && writer.hasConsumers());
    }

    @Override
    public boolean awaitConnected(final Duration timeout) {
        return await(timeout, this::isConnected);
    }

    @Override
    public boolean isDrained() {
        for (final Outlet<T> outlet : locals) {
            if (!outlet.isDrained()) {
                return false;
            }
        }
        final LogWriter writer = log;
        return writer == null || writer.isDrained();
    }

    @Override
    public boolean awaitDrained(final Duration timeout) {
        return await(timeout, this::isDrained);
    }

    /** Under the registry's lock. New ones go to the front when leaky: they encode, which may fail before others have it. */
    void add(final Outlet<T> outlet) {
        final Outlet<T>[] current = locals;
        final Outlet<T>[] changed = array(current.length + 1);
        final int at = outlet instanceof LeakyOutlet ? 0 : current.length;
        System.arraycopy(current, 0, changed, at == 0 ? 1 : 0, current.length);
        changed[at] = outlet;
        locals = changed;
    }

    /** Under the registry's lock: the way out of the runtime, or null when nobody has needed it so far. */
    @Nullable
    LogRoute route() {
        return route;
    }

    /** Under the registry's lock: says so once, when what is forced takes the place of local delivery. */
    void overridesLocal() {
        if (selection.overridesLocal() && !overrideLogged) {
            overrideLogged = true;
            LOG.log(
                    System.Logger.Level.INFO,
                    "topic " + topic + ": " + inside.label()
                            + " is forced, so subscribers of this runtime are not served" + " locally");
        }
    }

    /** Under the registry's lock. */
    void open(final LogRoute opened) {
        route = opened;
        log = opened.writer();
    }

    /** Under the registry's lock. */
    void add(final Subscription<T> subscription, final LogReader reader) {
        logReaders.put(subscription, reader);
    }

    /** Under the registry's lock. */
    void remove(final Subscription<?> subscription) {
        locals = Arrays.stream(locals)
                .filter(outlet -> outlet.subscription() != subscription)
                .toArray(TopicPublisher::array);
        final LogReader reader = logReaders.remove(subscription);
        final LogRoute opened = route;
        if (reader != null && opened != null) {
            opened.part(reader);
        }
    }

    /** Under the registry's lock: tells the subscribers that no more will come. */
    void end() {
        for (final Outlet<T> outlet : locals) {
            outlet.end();
            outlet.subscription().publisherLeft();
        }
        locals = array(0);
        logReaders.keySet().forEach(Subscription::publisherLeft);
        logReaders.clear();
        final LogRoute opened = route;
        if (opened != null) {
            opened.end();
        }
    }

    @Override
    public void close() {
        if (!gate.isClosed()) {
            gate.close();
            gate.awaitEmpty(CLOSE_TIMEOUT_NANOS);
            registry.leave(this);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T> Outlet<T>[] array(final int length) {
        return (Outlet<T>[]) new Outlet<?>[length];
    }
}
