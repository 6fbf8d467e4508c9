package dev.maar.transport.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** Plain non-blocking sockets, one write a message; messages of one size need no framing. */
final class NioContender implements Contender {

    private static final int MIN_BUFFER = 64 << 10;

    private final InetSocketAddress address;

    NioContender(final Site site) {
        this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), site.port());
    }

    @Override
    public End open(final boolean near, final int size, final End.Listener listener) {
        try {
            return new NioEnd(address, near, size, listener);
        } catch (final IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {}

    private static final class NioEnd implements End {
        private final @Nullable ServerSocketChannel acceptor;
        private final int size;
        private final ByteBuffer[] messages;
        private final ByteBuffer received;
        private final Listener listener;
        private final Waiting waiting = new Waiting();
        private @Nullable SocketChannel channel;

        NioEnd(final InetSocketAddress address, final boolean near, final int size, final Listener listener)
                throws IOException {
            this.size = size;
            this.listener = listener;
            this.messages = Mark.messages(size);
            this.received = ByteBuffer.allocateDirect(Math.max(size, MIN_BUFFER));
            if (near) {
                acceptor = null;
                channel = ready(SocketChannel.open(address));
            } else {
                acceptor = ServerSocketChannel.open();
                acceptor.setOption(StandardSocketOptions.SO_REUSEADDR, true).bind(address);
                acceptor.configureBlocking(false);
            }
        }

        private static SocketChannel ready(final SocketChannel opened) throws IOException {
            opened.configureBlocking(false);
            opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
            return opened;
        }

        private @Nullable SocketChannel connected() throws IOException {
            if (channel == null && acceptor != null) {
                final SocketChannel accepted = acceptor.accept();
                channel = accepted == null ? null : ready(accepted);
            }
            return channel;
        }

        @Override
        public void send(final Mark mark) {
            try {
                final ByteBuffer message = messages[mark.ordinal()].clear();
                waiting.reset();
                while (message.hasRemaining()) {
                    final SocketChannel current = connected();
                    if (current == null || current.write(message) == 0) {
                        waiting.idle();
                    }
                }
            } catch (final IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        @Override
        public int poll() {
            try {
                final SocketChannel current = connected();
                if (current == null || current.read(received) <= 0) {
                    return 0;
                }
            } catch (final IOException failure) {
                throw new UncheckedIOException(failure);
            }
            final int end = received.position();
            int count = 0;
            while (end - count * size >= size) {
                final byte mark = received.get(count * size);
                count++;
                listener.onMessage(mark);
            }
            if (count > 0) {
                received.flip().position(count * size);
                received.compact();
            }
            return count;
        }

        @Override
        public void close() {
            try {
                if (channel != null) {
                    channel.close();
                }
                if (acceptor != null) {
                    acceptor.close();
                }
            } catch (final IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
