package dev.maar.transport.tcp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/** Connects to an address whoever connects to it, and can go silent without closing anything. */
final class Cable implements AutoCloseable {

    private static final long NAP_NANOS = 1_000_000;

    private final ServerSocket server;
    private final InetSocketAddress to;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream recorded = new ByteArrayOutputStream();
    private volatile boolean silent;

    Cable(final InetSocketAddress to) throws IOException {
        this.to = to;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    /** From now on nothing comes through, in either direction, or everything again. */
    void silence(final boolean now) {
        silent = now;
    }

    /** What the first one who connected has sent so far. */
    synchronized byte[] recorded() {
        return recorded.toByteArray();
    }

    int connections() {
        return sockets.size() / 2;
    }

    private static void start(final Runnable work) {
        final Thread thread = new Thread(work, "cable");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                final Socket near = server.accept();
                final Socket far = new Socket(to.getAddress(), to.getPort());
                near.setTcpNoDelay(true);
                far.setTcpNoDelay(true);
                final boolean first = sockets.isEmpty();
                sockets.addAll(List.of(near, far));
                start(() -> forward(near, far, first));
                start(() -> forward(far, near, false));
            }
        } catch (final IOException closed) {
            close();
        }
    }

    private void forward(final Socket from, final Socket into, final boolean record) {
        final byte[] bytes = new byte[64 << 10];
        try (from;
                into) {
            for (int read = from.getInputStream().read(bytes);
                    read >= 0;
                    read = from.getInputStream().read(bytes)) {
                while (silent) {
                    LockSupport.parkNanos(NAP_NANOS);
                }
                if (record) {
                    record(bytes, read);
                }
                into.getOutputStream().write(bytes, 0, read);
            }
        } catch (final IOException closed) {
            return;
        }
    }

    private synchronized void record(final byte[] bytes, final int length) {
        recorded.write(bytes, 0, length);
    }

    @Override
    public void close() {
        silent = false;
        try {
            server.close();
            for (final Socket socket : sockets) {
                socket.close();
            }
        } catch (final IOException failure) {
            throw new AssertionError(failure);
        }
    }
}
