package dev.maar.transport.bench;

import java.util.concurrent.TimeUnit;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

/** JeroMQ's pair sockets. */
final class JeroContender implements Contender {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final ZContext context = new ZContext();
    private final String protocol;
    private final int port;

    JeroContender(final Site site, final String protocol) {
        this.protocol = protocol;
        this.port = site.port();
    }

    private String address(final int size) {
        return protocol.equals("tcp") ? "tcp://127.0.0.1:" + port : protocol + "://bench-" + size;
    }

    @Override
    public End open(final boolean near, final int size, final End.Listener listener) {
        final ZMQ.Socket socket;
        synchronized (context) {
            socket = context.createSocket(SocketType.PAIR);
        }
        socket.setLinger(0);
        if (near) {
            socket.connect(address(size));
        } else {
            bind(socket, address(size));
        }
        return new JeroEnd(context, socket, size, listener);
    }

    /** Sockets close in the background, so an address may be in use for a moment. */
    private static void bind(final ZMQ.Socket socket, final String address) {
        final Waiting waiting = new Waiting();
        final long start = System.nanoTime();
        while (true) {
            try {
                socket.bind(address);
                return;
            } catch (final ZMQException failure) {
                if (System.nanoTime() - start > PATIENCE_NANOS) {
                    throw failure;
                }
                waiting.idle();
            }
        }
    }

    @Override
    public void close() {
        context.close();
    }

    private static final class JeroEnd implements End {
        private final ZContext context;
        private final ZMQ.Socket socket;
        private final byte[][] messages;
        private final Listener listener;
        private final Waiting waiting = new Waiting();

        JeroEnd(final ZContext context, final ZMQ.Socket socket, final int size, final Listener listener) {
            this.context = context;
            this.socket = socket;
            this.listener = listener;
            this.messages = new byte[Mark.values().length][size];
            for (final Mark mark : Mark.values()) {
                messages[mark.ordinal()][0] = mark.code();
            }
        }

        @Override
        public void send(final Mark mark) {
            waiting.reset();
            while (!socket.send(messages[mark.ordinal()], ZMQ.DONTWAIT)) {
                waiting.idle();
            }
        }

        @Override
        public int poll() {
            int count = 0;
            for (byte[] message = socket.recv(ZMQ.DONTWAIT); message != null; ) {
                count++;
                listener.onMessage(message[0]);
                message = count < 16 ? socket.recv(ZMQ.DONTWAIT) : null;
            }
            return count;
        }

        @Override
        public void close() {
            synchronized (context) {
                context.destroySocket(socket);
            }
        }
    }
}
