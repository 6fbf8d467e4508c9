package dev.maar.transport.tcp;

import dev.maar.transport.aeron.AeronNode;
import dev.maar.transport.aeron.LogException;
import dev.maar.transport.aeron.LogWriter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * All TCP links of a runtime, and the one thread that moves their bytes. The thread yields while it is idle, because
 * spinning would take the time of the ends, and sleeps when it has been idle for some milliseconds. Thread-safe.
 */
public final class TcpLinks implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(TcpLinks.class.getName());
    private static final int YIELDS = 4_096;
    private static final long MIN_PARK_NANOS = TimeUnit.MICROSECONDS.toNanos(50);
    private static final long MAX_PARK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long CLOSE_SECONDS = 5;

    private final AeronNode node;
    private final TcpAcceptor acceptor;
    private final List<Worker> workers = new ArrayList<>();
    private final List<Ending> ending = new ArrayList<>();
    private final Queue<Runnable> orders = new ConcurrentLinkedQueue<>();
    private final SecureRandom random = new SecureRandom();
    private final Thread thread;
    private volatile boolean closed;

    /** A link whose log has ended. */
    private record Ending(TcpSender sender, TcpReceiver receiver) {}

    private TcpLinks(final AeronNode node, final TcpAcceptor acceptor) {
        this.node = node;
        this.acceptor = acceptor;
        workers.add(acceptor);
        thread = new Thread(this::run, "maar-tcp");
        thread.setDaemon(true);
    }

    /**
     * Starts listening on the loopback interface.
     *
     * @param node where the logs are
     * @return the links, to be closed by the caller before the node
     * @throws LogException when no port can be had
     */
    public static TcpLinks launch(final AeronNode node) {
        try {
            final TcpLinks links = new TcpLinks(node, new TcpAcceptor());
            links.thread.start();
            return links;
        } catch (final IOException failure) {
            throw new LogException(LogException.Kind.NETWORK, "no TCP port on the loopback interface", failure);
        }
    }

    /** Where connections are taken. */
    InetSocketAddress address() {
        return acceptor.address();
    }

    /**
     * Joins a log of the node to another one of the same node, through a socket.
     *
     * @param log the log to send
     * @return the link, to be closed by the caller
     * @throws LogException when there is no space for the other log or the driver does not answer
     */
    public TcpLink open(final LogWriter log) {
        final byte[] token = new byte[Wire.TOKEN_LENGTH];
        random.nextBytes(token);
        final TcpSender sender = new TcpSender(node, log, acceptor.address(), token);
        try {
            final TcpLink link = TcpLink.open(this, node, log, sender);
            order(() -> {
                acceptor.expect(token, link.receiver());
                workers.add(link.receiver());
                workers.add(sender);
            });
            return link;
        } catch (final LogException failure) {
            sender.dispose();
            throw failure;
        }
    }

    /** Takes both ends of a link out of service; when it returns, the thread is through with them. */
    void close(final TcpSender sender, final TcpReceiver receiver) {
        order(() -> dispose(sender, receiver));
    }

    /** Takes both ends out of service when they are through with a log that has ended. */
    void closeWhenDelivered(final TcpSender sender, final TcpReceiver receiver) {
        order(() -> ending.add(new Ending(sender, receiver)));
    }

    private void dispose(final TcpSender sender, final TcpReceiver receiver) {
        acceptor.forget(receiver);
        workers.remove(sender);
        workers.remove(receiver);
        sender.dispose();
        receiver.dispose();
    }

    private void disposeDelivered() {
        for (final Ending each : List.copyOf(ending)) {
            if (each.sender().isEnded() && each.receiver().isEnded()) {
                ending.remove(each);
                dispose(each.sender(), each.receiver());
            }
        }
    }

    /** Has something done between two rounds of work, and waits until it is done. */
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
        while (!closed) {
            if (round() > 0) {
                idleRounds = 0;
                parkNanos = MIN_PARK_NANOS;
            } else if (idleRounds < YIELDS) {
                idleRounds++;
                Thread.yield();
            } else {
                LockSupport.parkNanos(parkNanos);
                parkNanos = Math.min(parkNanos * 2, MAX_PARK_NANOS);
            }
        }
        runOrders();
        workers.forEach(Worker::dispose);
    }

    private int round() {
        int work = runOrders();
        final long now = System.nanoTime();
        for (int i = 0, size = workers.size(); i < size; i++) {
            try {
                work += workers.get(i).work(now);
            } catch (final RuntimeException failure) {
                LOG.log(System.Logger.Level.ERROR, "a TCP link has failed", failure);
            }
        }
        if (!ending.isEmpty()) {
            disposeDelivered();
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

    /** Closes all links. When it returns, nothing touches the node any more. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
