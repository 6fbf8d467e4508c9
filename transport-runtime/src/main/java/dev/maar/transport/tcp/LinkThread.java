package dev.maar.transport.tcp;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The one thread that moves the bytes of all links, where those who write and read the logs do not move them themselves.
 * It yields while it is idle, because spinning would take the time of the ends, and sleeps when it has been idle for some
 * milliseconds, or as soon as others do its work. Orders are for any thread, the rest for this one.
 */
final class LinkThread {

    /** A link that goes when its log is through. */
    interface Ending {

        /** Whether it has been closed now. */
        boolean isOver(long now);

        /** Whether closing everything may wait for it a little. */
        boolean isWorthWaiting();
    }

    private static final System.Logger LOG = System.getLogger(LinkThread.class.getName());
    private static final int YIELDS = 4_096;
    private static final long MIN_PARK_NANOS = TimeUnit.MICROSECONDS.toNanos(50);
    private static final long MAX_PARK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long CLOSE_SECONDS = 5;

    private final List<Worker> workers = new ArrayList<>();
    private final List<Ending> endings = new ArrayList<>();
    private final Queue<Runnable> orders = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private int helps;
    private volatile boolean wanted;
    private volatile boolean parked;
    private volatile boolean closed;
    private volatile long lingerUntil;

    LinkThread(final Worker first) {
        workers.add(first);
        thread = new Thread(this::run, "maar-tcp");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** There is something to do that nobody else does. From any thread. */
    void wake() {
        if (!wanted) {
            wanted = true;
            if (parked) {
                LockSupport.unpark(thread);
            }
        }
    }

    void add(final Worker worker) {
        workers.add(worker);
    }

    void remove(final Worker worker) {
        workers.remove(worker);
    }

    void addEnding(final Ending ending) {
        endings.add(ending);
    }

    /** Has something done between two rounds of work, and waits until it is done. From any thread. */
    void order(final Runnable work) {
        final CountDownLatch done = new CountDownLatch(1);
        orders.add(() -> {
            try {
                work.run();
            } finally {
                done.countDown();
            }
        });
        LockSupport.unpark(thread);
        try {
            if (!done.await(CLOSE_SECONDS, TimeUnit.SECONDS) && !closed) {
                LOG.log(System.Logger.Level.WARNING, "the thread of the TCP links does not come round");
            }
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        int idleRounds = 0;
        long parkNanos = MIN_PARK_NANOS;
        while (!closed || isLingering()) {
            final boolean calledFor = wanted;
            wanted = false;
            final int work = round();
            if (isHelped()) {
                idleRounds = 0;
                nap(calledFor);
            } else if (work > 0) {
                idleRounds = 0;
                parkNanos = MIN_PARK_NANOS;
            } else if (idleRounds < YIELDS) {
                idleRounds++;
                Thread.yield();
            } else {
                park(parkNanos);
                parkNanos = Math.min(parkNanos * 2, MAX_PARK_NANOS);
            }
        }
        runOrders();
        workers.forEach(Worker::dispose);
    }

    /**
     * Others do the work, but may leave the end of a burst: while they do, it is looked after so often that nobody has to
     * wake this thread for it.
     */
    private void nap(final boolean calledFor) {
        if (calledFor) {
            LockSupport.parkNanos(MIN_PARK_NANOS);
        } else {
            park(MAX_PARK_NANOS);
        }
    }

    private void park(final long nanos) {
        parked = true;
        if (!wanted) {
            LockSupport.parkNanos(nanos);
        }
        parked = false;
    }

    /** Whether others have done this thread's work since the last time. */
    private boolean isHelped() {
        int sum = 0;
        for (int i = 0, size = workers.size(); i < size; i++) {
            sum += workers.get(i).helps();
        }
        final boolean helped = sum != helps;
        helps = sum;
        return helped;
    }

    private boolean isLingering() {
        return System.nanoTime() - lingerUntil < 0 && endings.stream().anyMatch(Ending::isWorthWaiting);
    }

    private int round() {
        int work = runOrders();
        final long now = System.nanoTime();
        for (int i = 0, size = workers.size(); i < size; i++) {
            try {
                work += workers.get(i).tryWork(now);
            } catch (final RuntimeException failure) {
                LOG.log(System.Logger.Level.ERROR, "a TCP link has failed", failure);
            }
        }
        if (!endings.isEmpty()) {
            endings.removeIf(each -> each.isOver(now));
        }
        return work;
    }

    private int runOrders() {
        int count = 0;
        for (Runnable order = orders.poll(); order != null; order = orders.poll()) {
            order.run();
            count++;
        }
        return count;
    }

    /** Stops when there is nothing worth waiting for, or when the time is up, and frees everything. */
    void close(final long lingerNanos) {
        lingerUntil = System.nanoTime() + lingerNanos;
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
