package dev.maar.transport;

import dev.maar.transport.aeron.LogException;
import dev.maar.transport.aeron.LogReader;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The publisher: hands each message to every link, or to none when one of them has no room.
 *
 * @param <T> the type of the messages
 */
final class TopicPublisher<T> implements Publisher<T> {

    private static final System.Logger LOG = System.getLogger(TransportRuntime.class.getName());
    private static final long CLOSE_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** How long the publishing thread may take to see that a log is not to be written to any more. */
    private static final long SUSPEND_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final Topic<T> topic;
    private final Registry registry;
    private final Selection selection;
    private final boolean raw;
    private final Gate gate = new Gate();
    private final Patience patience;
    private final Tally[] tallies = new Tally[Transport.values().length];

    /** Replaced, never changed, under the registry's lock. */
    private volatile Outlet<T>[] locals = array(0);

    /** Replaced, never changed, under the registry's lock. */
    private volatile LogFan<T> logs;

    /** While the publisher goes over to new logs. */
    private final AtomicReference<@Nullable Transition> transition = new AtomicReference<>();

    /** Which reader of which log is whose, of this runtime's. Guarded by the registry's lock. */
    private final Map<Subscription<?>, Joined> readers = new HashMap<>();

    private boolean overrideLogged;
    private long sequence;
    private Transport refusedBy = Transport.LOCAL;

    /** A reader of a log of this publisher. */
    private record Joined(LogRoute route, LogReader reader) {}

    TopicPublisher(
            final Topic<T> topic,
            final Selection selection,
            final Registry registry,
            final Dispatcher dispatcher,
            final Duration publishTimeout) {
        this.topic = topic;
        this.selection = selection;
        this.registry = registry;
        this.raw = topic.codec() == Codec.bytes();
        this.patience = new Patience(topic, dispatcher, gate, publishTimeout);
        this.logs = LogFan.none(topic, patience);
        Arrays.setAll(tallies, ordinal -> registry.tallies().acquire(topic, Transport.values()[ordinal]));
    }

    Topic<T> topic() {
        return topic;
    }

    Selection selection() {
        return selection;
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

    private void publishWaiting(final T message) {
        patience.begin();
        final long start = System.nanoTime();
        final long nanos = patience.timeoutNanos();
        while (true) {
            final boolean expired = System.nanoTime() - start >= nanos;
            if (attempt(message)) {
                return;
            }
            if (expired) {
                throw new PublishTimeoutException("topic " + topic + ": no room for another message within "
                        + patience.timeout()
                        + "; its slowest subscriber has not finished with earlier ones");
            }
            patience.pause();
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
            if (failure.kind() == LogException.Kind.LOST && !gate.isClosed()) {
                refusedBy = Transport.SHM;
                return false;
            }
            throw Logs.translated(failure);
        } finally {
            gate.exit();
        }
    }

    private boolean send(final T message) {
        final Transition pending = transition.get();
        if (pending != null && !isPast(pending)) {
            refusedBy = Transport.SHM;
            return false;
        }
        final Outlet<T>[] outlets = locals;
        final LogFan<T> fan = logs;
        final boolean logged = fan.begin();
        if (!logged && outlets.length == 0) {
            return true;
        }
        for (final Outlet<T> outlet : outlets) {
            if (!outlet.hasRoom()) {
                refusedBy = Transport.LOCAL;
                return false;
            }
        }
        if (logged && !fan.write(message, sequence)) {
            refusedBy = fan.refusedBy();
            return false;
        }
        if (outlets.length > 0) {
            for (final Outlet<T> outlet : outlets) {
                outlet.put(message, sequence);
            }
            tally(Transport.LOCAL).sent(raw ? ((ByteBuffer) message).remaining() : 0);
        }
        sequence++;
        return true;
    }

    private boolean isPast(final Transition pending) {
        return pending.isOver() && transition.compareAndSet(pending, null);
    }

    @Override
    public Transport transport() {
        return selection.inside();
    }

    @Override
    public boolean isConnected() {
        return locals.length > 0 || logs.hasReaders() || transition.get() != null;
    }

    @Override
    public boolean awaitConnected(final Duration timeout) {
        return patience.await(timeout, this::isConnected);
    }

    @Override
    public List<Connection> connections() {
        return registry.connections(this);
    }

    /** Under the registry's lock: those to subscribers of this runtime. */
    List<Connection> ownConnections() {
        return Stream.concat(
                        Arrays.stream(locals).map(outlet -> Transport.LOCAL),
                        readers.values().stream().map(joined -> joined.route().transport()))
                .map(transport -> new Connection(transport, Connection.THIS_RUNTIME))
                .toList();
    }

    @Override
    public boolean isDrained() {
        for (final Outlet<T> outlet : locals) {
            if (!outlet.isDrained()) {
                return false;
            }
        }
        final Transition pending = transition.get();
        return logs.isDrained() && (pending == null || pending.isOver());
    }

    @Override
    public boolean awaitDrained(final Duration timeout) {
        return patience.await(timeout, this::isDrained);
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

    /** Under the registry's lock: says so once, when what is forced takes the place of local delivery. */
    void overridesLocal() {
        if (selection.overridesLocal() && !overrideLogged) {
            overrideLogged = true;
            LOG.log(
                    System.Logger.Level.INFO,
                    "topic " + topic + ": " + transport().label()
                            + " is forced, so subscribers of this runtime are not served" + " locally");
        }
    }

    /** Under the registry's lock: the way out by a transport, opened when nobody has needed it so far. */
    LogRoute route(final Transport transport, final Logs opener) {
        for (final LogOutlet outlet : logs.outlets()) {
            if (outlet.transport() == transport && !outlet.isApart()) {
                return outlet.route();
            }
        }
        return opened(opener.open(topic, transport), false);
    }

    /**
     * Under the registry's lock: a way out for leaky subscribers of one other runtime alone, whose process may be frozen.
     *
     * @param free which ways, of those that others have left, may be used again
     */
    LogRoute routeApart(final Transport transport, final Predicate<LogRoute> free, final Logs opener) {
        for (final LogOutlet outlet : logs.outlets()) {
            if (outlet.transport() == transport && outlet.isApart() && free.test(outlet.route())) {
                return outlet.route();
            }
        }
        return opened(opener.openApart(topic, transport), true);
    }

    private LogRoute opened(final LogRoute route, final boolean apart) {
        logs = logs.with(new LogOutlet(route.transport(), route, apart, tally(route.transport())));
        return route;
    }

    /** Under the registry's lock. */
    void add(final Subscription<T> subscription, final LogRoute route, final LogReader reader) {
        readers.put(subscription, new Joined(route, reader));
    }

    /** Under the registry's lock. */
    void remove(final Subscription<?> subscription) {
        locals = Arrays.stream(locals)
                .filter(outlet -> outlet.subscription() != subscription)
                .toArray(TopicPublisher::array);
        final Joined joined = readers.remove(subscription);
        if (joined != null) {
            joined.route().part(joined.reader());
        }
    }

    /**
     * Under the registry's lock: the media driver has gone. Nothing more is written to the logs there are, which the
     * subscribers still read to the end; new ones are opened when they are needed.
     *
     * @return what has to be waited for; empty when nobody was served by a log
     */
    Optional<Transition> suspend(final FormerNode former) {
        final LogFan<T> old = logs;
        if (old.outlets().length == 0) {
            return Optional.empty();
        }
        final Transition begun = new Transition(old);
        if (old.hasReaders()) {
            transition.set(begun);
        }
        logs = LogFan.none(topic, patience);
        old.suspend();
        gate.awaitEmpty(SUSPEND_NANOS);
        readers.forEach((subscription, joined) -> {
            former.add(joined.reader());
            joined.reader().orphan();
            subscription.publisherLeft();
        });
        readers.clear();
        former.add(begun);
        return Optional.of(begun);
    }

    /** A subscriber of another runtime has come, or will not. From any thread. */
    void settled(final Object subscriber) {
        final Transition pending = transition.get();
        if (pending != null) {
            pending.settled(subscriber);
        }
    }

    /** Under the registry's lock: tells the subscribers that no more will come. */
    void end() {
        for (final Outlet<T> outlet : locals) {
            outlet.end();
            outlet.subscription().publisherLeft();
        }
        locals = array(0);
        readers.keySet().forEach(Subscription::publisherLeft);
        readers.clear();
        for (final LogOutlet outlet : logs.outlets()) {
            outlet.route().end();
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
