package dev.maar.transport;

import dev.maar.transport.mesh.MeshListener;
import dev.maar.transport.mesh.Message;
import dev.maar.transport.mesh.Peer;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Has what the mesh tells dealt with on a thread of its own, one after the other, because joining logs may wait for the
 * media driver. The thread ends when there is nothing to do. Thread-safe.
 */
final class MeshEvents implements MeshListener, Executor, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(TransportRuntime.class.getName());
    private static final long KEEP_SECONDS = 1;
    private static final long CLOSE_SECONDS = 5;
    private static final long TIDY_MILLIS = 10;

    private final Registry registry;
    private final ScheduledThreadPoolExecutor thread;

    /** Whether there will be a look at what can be freed. For the thread. */
    private boolean tidying;

    MeshEvents(final Registry registry) {
        this.registry = registry;
        this.thread = new ScheduledThreadPoolExecutor(1, MeshEvents::daemon);
        this.thread.setKeepAliveTime(KEEP_SECONDS, TimeUnit.SECONDS);
        this.thread.allowCoreThreadTimeOut(true);
    }

    private static Thread daemon(final Runnable work) {
        final Thread thread = new Thread(work, "maar-joins");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void onFound(final Peer peer) {
        execute(() -> registry.found(peer));
    }

    @Override
    public void onLost(final Peer peer, final boolean orderly) {
        registry.unreachable(peer);
        execute(() -> registry.lost(peer, orderly));
    }

    @Override
    public void onMessage(final Peer peer, final Message message) {
        execute(() -> registry.told(peer, message));
    }

    @Override
    public void onConsumed(final Peer peer, final long route, final long position) {
        registry.consumed(peer, route, position);
    }

    @Override
    public void execute(final Runnable work) {
        executeIn(0, work);
    }

    /** Has something done after a while, in milliseconds. */
    void executeIn(final long millis, final Runnable work) {
        try {
            final ScheduledFuture<?> unused = thread.schedule(() -> attempt(work), millis, TimeUnit.MILLISECONDS);
        } catch (final RejectedExecutionException closed) {
            LOG.log(System.Logger.Level.DEBUG, "this runtime closes and listens to no peer any more", closed);
        }
    }

    private void attempt(final Runnable work) {
        try {
            work.run();
        } catch (final RuntimeException failure) {
            LOG.log(System.Logger.Level.ERROR, "what another runtime wants could not be done", failure);
        }
        if (!tidying && registry.isUntidy()) {
            tidying = true;
            executeIn(TIDY_MILLIS, this::tidy);
        }
    }

    private void tidy() {
        tidying = false;
        registry.tidy();
    }

    /** Does what was begun and nothing more; waits for that a little. */
    @Override
    public void close() {
        thread.getQueue().clear();
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.log(System.Logger.Level.WARNING, "joining another runtime takes long; it is not waited for");
            }
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
