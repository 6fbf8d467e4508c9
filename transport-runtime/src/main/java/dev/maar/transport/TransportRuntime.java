package dev.maar.transport;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Where publishers and subscribers live. One per process is the rule; two in one process meet as two processes do.
 * Thread-safe, while each publisher and each polled subscriber is for one thread at a time.
 *
 * <p>Runtimes of one host that use the same Aeron directory find each other, and runtimes of different hosts those that
 * {@link TransportContext#peers(List)} names. Their publishers and subscribers are connected a moment after both are
 * there: {@link Publisher#awaitConnected} waits for that.
 *
 * <p>Nothing is started before it is needed: no thread but one that sleeps until another runtime comes, no Aeron without
 * a message that has to leave the runtime.
 */
public final class TransportRuntime implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(TransportRuntime.class.getName());

    private static final long NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long GATE_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final TransportContext context;
    private final Logs logs;
    private final Registry registry;
    private final MeshEvents events;
    private final MeshAccess mesh;
    private final Dispatcher dispatcher;
    private final Dispatcher drains;
    private final Tallies counters;
    private final Thread closer = new Thread(this::closeAtExit, "maar-close");
    private final AtomicBoolean closesWithProcess = new AtomicBoolean();
    private volatile boolean closed;
    private volatile @Nullable Thread closeLater;

    private TransportRuntime(final TransportContext context) {
        this.context = context;
        this.logs = new Logs(context, this::closeWithProcess);
        this.dispatcher = new Dispatcher("maar-dispatcher", context.errorHandler());
        this.drains = new Dispatcher("maar-drain", context.errorHandler());
        this.counters = new Tallies(this::openCounters);
        this.registry = new Registry(logs, new Inlets(context.maxInFlight(), counters, drains));
        this.events = new MeshEvents(registry);
        this.logs.listen(startedAt -> events.execute(() -> registry.renew(startedAt)), registry::attached);
        this.mesh = new MeshAccess(context, events, this::closeWithProcess);
    }

    /**
     * Starts a runtime with the default settings.
     *
     * @return the runtime, to be closed by the caller
     * @throws TransportException when a setting in the environment makes no sense
     */
    public static TransportRuntime launch() {
        return launch(new TransportContext());
    }

    /**
     * Starts a runtime.
     *
     * @param context the settings; what is changed in it later has no effect
     * @return the runtime, to be closed by the caller
     * @throws TransportException when a setting makes no sense
     */
    public static TransportRuntime launch(final TransportContext context) {
        final TransportContext concluded = context.conclude();
        Selection.of(PublisherOptions.defaults(), concluded.environment());
        return new TransportRuntime(concluded);
    }

    /**
     * Begins to publish with the default options.
     *
     * @param topic what to publish
     * @return a publisher for one thread at a time
     * @param <T> the type of the messages
     * @throws TransportException when the runtime is closed
     */
    public <T> Publisher<T> publisher(final Topic<T> topic) {
        return publisher(topic, PublisherOptions.defaults());
    }

    /**
     * Begins to publish. When it returns, all subscribers of this runtime are connected.
     *
     * @param topic what to publish
     * @param options what this publisher asks for
     * @return a publisher for one thread at a time
     * @param <T> the type of the messages
     * @throws TransportException when the options or the environment ask for what can not be, the runtime is closed, or
     *     a subscriber can not be connected
     */
    public <T> Publisher<T> publisher(final Topic<T> topic, final PublisherOptions options) {
        Objects.requireNonNull(options, "options");
        checkOpen();
        final Selection selection = Selection.of(options, context.environment());
        mesh.open();
        final TopicPublisher<T> publisher =
                new TopicPublisher<>(topic, selection, registry, dispatcher, context.publishTimeout());
        joined(publisher, () -> registry.join(publisher));
        return publisher;
    }

    /**
     * Subscribes asynchronously: the handler is called on the runtime's one thread, which all such handlers share. What
     * it throws goes to {@link TransportContext#errorHandler()} and harms nobody; that message counts as delivered.
     * When it returns, all publishers of this runtime are connected.
     *
     * @param topic what to hear
     * @param handler what to do with a message; it should not take long
     * @return the subscription, to be closed by the caller
     * @param <T> the type of the messages
     * @throws TransportException when the runtime is closed or a publisher can not be connected
     */
    public <T> Subscriber subscribe(final Topic<T> topic, final Handler<T> handler) {
        return subscribe(topic, SubscriberOptions.defaults(), handler);
    }

    /**
     * Subscribes asynchronously, as {@link #subscribe(Topic, Handler)} does.
     *
     * @param topic what to hear
     * @param options what this subscriber asks for
     * @param handler what to do with a message; it should not take long
     * @return the subscription, to be closed by the caller
     * @param <T> the type of the messages
     * @throws TransportException when the runtime is closed or a publisher can not be connected
     */
    public <T> Subscriber subscribe(final Topic<T> topic, final SubscriberOptions options, final Handler<T> handler) {
        Objects.requireNonNull(handler, "handler");
        final DispatchedSubscriber<T> subscriber =
                new DispatchedSubscriber<>(join(topic, options), handler, dispatcher);
        dispatcher.add(subscriber);
        return subscriber;
    }

    /**
     * Subscribes within the caller's duty cycle. When it returns, all publishers of this runtime are connected.
     *
     * @param topic what to hear
     * @param handler what to do with a message, called by {@link PolledSubscriber#poll}
     * @return the subscription, to be polled and closed by the caller
     * @param <T> the type of the messages
     * @throws TransportException when the runtime is closed or a publisher can not be connected
     */
    public <T> PolledSubscriber<T> poll(final Topic<T> topic, final Handler<T> handler) {
        return poll(topic, SubscriberOptions.defaults(), handler);
    }

    /**
     * Subscribes within the caller's duty cycle, as {@link #poll(Topic, Handler)} does.
     *
     * @param topic what to hear
     * @param options what this subscriber asks for
     * @param handler what to do with a message, called by {@link PolledSubscriber#poll}
     * @return the subscription, to be polled and closed by the caller
     * @param <T> the type of the messages
     * @throws TransportException when the runtime is closed or a publisher can not be connected
     */
    public <T> PolledSubscriber<T> poll(
            final Topic<T> topic, final SubscriberOptions options, final Handler<T> handler) {
        Objects.requireNonNull(handler, "handler");
        return new HandlerPoll<>(join(topic, options), handler);
    }

    /**
     * Subscribes synchronously. When it returns, all publishers of this runtime are connected.
     *
     * @param topic what to hear
     * @return the receiver, to be closed by the caller
     * @param <T> the type of the messages
     * @throws TransportException when the runtime is closed or a publisher can not be connected
     */
    public <T> Receiver<T> receiver(final Topic<T> topic) {
        return receiver(topic, SubscriberOptions.defaults());
    }

    /**
     * Subscribes synchronously, as {@link #receiver(Topic)} does.
     *
     * @param topic what to hear
     * @param options what this subscriber asks for
     * @return the receiver, to be closed by the caller
     * @param <T> the type of the messages
     * @throws TransportException when the runtime is closed or a publisher can not be connected
     */
    public <T> Receiver<T> receiver(final Topic<T> topic, final SubscriberOptions options) {
        return new TopicReceiver<>(join(topic, options), dispatcher);
    }

    private <T> Subscription<T> join(final Topic<T> topic, final SubscriberOptions options) {
        Objects.requireNonNull(options, "options");
        checkOpen();
        mesh.open();
        final Subscription<T> subscription = new Subscription<>(topic, options, registry);
        joined(subscription::close, () -> registry.join(subscription));
        return subscription;
    }

    /** Who can not be connected to everyone is not left behind half connected. */
    private void joined(final AutoCloseable member, final Runnable join) {
        try {
            join.run();
        } catch (final TransportException failure) {
            try {
                member.close();
            } catch (final Exception again) {
                failure.addSuppressed(again);
            }
            throw failure;
        }
    }

    /**
     * What this runtime has done so far.
     *
     * @return the counters; they stay readable after {@link #close}
     */
    public Counters counters() {
        return counters;
    }

    /**
     * Where runtimes of other hosts can reach this one. Known from the first publisher or subscriber on.
     *
     * @return the address that is really listened at; empty when there is none
     */
    public Optional<InetSocketAddress> listenAddress() {
        return mesh.listenAddress();
    }

    private void checkOpen() {
        if (closed) {
            throw new TransportException(TransportError.CLOSED, "this transport runtime is closed");
        }
    }

    private CounterFile openCounters() {
        closeWithProcess();
        return CounterFile.open(context.countersDirectory());
    }

    /** From now on there are files that would outlive a process which ends without closing. */
    private void closeWithProcess() {
        if (!closesWithProcess.compareAndSet(false, true)) {
            return;
        }
        try {
            Runtime.getRuntime().addShutdownHook(closer);
        } catch (final IllegalStateException ending) {
            throw new TransportException(TransportError.CLOSED, "this process is ending", ending);
        }
    }

    /**
     * Closes every publisher and subscriber and frees what they held. Happens by itself when the process ends in an
     * orderly way. May be called from any thread, and twice. When a handler is running, for example the one that calls
     * this, memory is freed after that handler has returned.
     */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        dispatcher.close();
        final List<Gate> working = registry.closeAll();
        drains.close();
        events.close();
        if (working.isEmpty()) {
            closeLogs();
        } else {
            closeLogsAfter(working);
        }
    }

    /** Whoever is in a handler may be reading a log: the memory stays mapped until that handler returns. */
    private void closeLogsAfter(final List<Gate> working) {
        final Thread waiting = new Thread(
                () -> {
                    while (!working.stream().allMatch(gate -> gate.awaitEmpty(GATE_TIMEOUT_NANOS))) {
                        LOG.log(System.Logger.Level.INFO, "a closed runtime waits for a handler to return");
                    }
                    closeLogs();
                },
                "maar-close-later");
        waiting.setDaemon(true);
        closeLater = waiting;
        waiting.start();
    }

    private void closeAtExit() {
        close();
        final Thread waiting = closeLater;
        if (waiting != null) {
            try {
                waiting.join(GATE_TIMEOUT_NANOS / NANOS_PER_MILLI);
            } catch (final InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void closeLogs() {
        logs.awaitDelivered();
        logs.retire();
        mesh.close();
        registry.closeFormers();
        logs.close();
        counters.close();
        try {
            Runtime.getRuntime().removeShutdownHook(closer);
        } catch (final IllegalStateException ending) {
            LOG.log(System.Logger.Level.DEBUG, "closed while the process is ending", ending);
        }
    }
}
