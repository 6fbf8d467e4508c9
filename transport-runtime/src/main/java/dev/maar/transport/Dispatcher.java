package dev.maar.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A thread of the runtime's own, which serves all of one kind in turn: asynchronous subscribers, or the drains of leaky
 * ones. It starts with the first of them and is a daemon: it does not keep a program alive. Thread-safe.
 */
final class Dispatcher {

    private static final System.Logger LOG = System.getLogger(Dispatcher.class.getName());
    private static final int MESSAGES_PER_TURN = 16;
    private static final long JOIN_MILLIS = TimeUnit.SECONDS.toMillis(5);

    private final String name;
    private final Consumer<Throwable> errorHandler;

    /** Replaced, never changed, under this object's lock. */
    private volatile List<Served> subscribers = List.of();

    private volatile boolean closed;
    private volatile @Nullable Thread thread;

    Dispatcher(final String name, final Consumer<Throwable> errorHandler) {
        this.name = name;
        this.errorHandler = errorHandler;
    }

    synchronized void add(final Served subscriber) {
        final List<Served> changed = new ArrayList<>(subscribers);
        changed.add(subscriber);
        subscribers = List.copyOf(changed);
        if (thread == null && !closed) {
            final Thread started = new Thread(this::run, name);
            started.setDaemon(true);
            thread = started;
            started.start();
        }
    }

    synchronized void remove(final Served subscriber) {
        final List<Served> changed = new ArrayList<>(subscribers);
        changed.remove(subscriber);
        subscribers = List.copyOf(changed);
    }

    private void run() {
        final Idle idle = new Idle();
        while (!closed) {
            if (serve() > 0) {
                idle.reset();
            } else {
                idle.idle();
            }
        }
    }

    private int serve() {
        final List<Served> current = subscribers;
        int count = 0;
        for (int i = 0, size = current.size(); i < size; i++) {
            final Served subscriber = current.get(i);
            try {
                count += subscriber.serve(MESSAGES_PER_TURN);
            } catch (final Throwable thrown) {
                count++;
                report(thrown);
            }
        }
        return count;
    }

    private void report(final Throwable thrown) {
        try {
            errorHandler.accept(thrown);
        } catch (final Throwable again) {
            again.addSuppressed(thrown);
            LOG.log(System.Logger.Level.ERROR, "the error handler has failed", again);
        }
    }

    /**
     * When the calling thread is the runtime's own and has to wait inside a handler: serves those subscribers that are
     * not in a handler now, so that a chain of handlers on this one thread does not wait for itself.
     *
     * @return true when something was delivered
     */
    boolean help() {
        return Thread.currentThread() == thread && serve() > 0;
    }

    /** Stops serving; waits for a handler that is running, unless it is the caller. */
    void close() {
        closed = true;
        final Thread running = thread;
        if (running == null || running == Thread.currentThread()) {
            return;
        }
        try {
            running.join(JOIN_MILLIS);
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
