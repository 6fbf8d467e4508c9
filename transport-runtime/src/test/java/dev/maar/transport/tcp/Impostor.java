package dev.maar.transport.tcp;

import dev.maar.transport.aeron.LogGeometry;
import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.protocol.DataHeaderFlyweight;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.agrona.BitUtil;

/** A sender that knows the token and the secret and sends whatever it likes. */
final class Impostor implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private final LogGeometry geometry;

    Impostor(final InetSocketAddress address, final LinkKey key, final LogGeometry geometry, final long position)
            throws IOException {
        this.geometry = geometry;
        this.socket = connect(address);
        final ByteBuffer said = ByteBuffer.allocate(Wire.GREETINGS_LENGTH);
        said.putLong(Wire.MAGIC).put(key.name()).put(new byte[Wire.NONCE_LENGTH]);
        socket.getOutputStream().write(said.array(), 0, said.position());
        final byte[] nonce = new byte[Wire.NONCE_LENGTH];
        new DataInputStream(socket.getInputStream()).readFully(nonce);
        final int start = said.put(nonce).position();
        new Wire.Claim(geometry, Host.BOUND, position, 0).write(said);
        final byte[] proof = key.proof(LinkKey.Role.SENDER, said.duplicate().flip());
        socket.getOutputStream().write(said.array(), start, said.position() - start);
        socket.getOutputStream().write(proof);
    }

    static Socket connect(final InetSocketAddress address) throws IOException {
        final Socket socket = new Socket(address.getAddress(), address.getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    /** A reset counts: the peer closed with our bytes unread. */
    static boolean isClosedByPeer(final Socket socket) {
        try {
            while (socket.getInputStream().read() >= 0) {
                socket.getInputStream().skipNBytes(socket.getInputStream().available());
            }
            return true;
        } catch (final SocketTimeoutException open) {
            return false;
        } catch (final IOException reset) {
            return true;
        }
    }

    /** Whether the peer closes because of what it is sent. It may do so, with a reset, before it has been sent everything. */
    static boolean isClosedByPeer(final Socket socket, final byte[] sent) {
        try {
            socket.getOutputStream().write(sent);
        } catch (final IOException reset) {
            return true;
        }
        return isClosedByPeer(socket);
    }

    boolean isSentAway() {
        return isClosedByPeer(socket);
    }

    void send(final byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    void send(final ByteBuffer frame) throws IOException {
        send(Arrays.copyOf(frame.array(), frame.capacity()));
    }

    /** A frame as it should be, to be spoilt. */
    ByteBuffer frame(final long position, final int payload, final long sequence) {
        final int length = DataHeaderFlyweight.HEADER_LENGTH + payload;
        final ByteBuffer frame = ByteBuffer.allocate(BitUtil.align(length, FrameDescriptor.FRAME_ALIGNMENT))
                .order(ByteOrder.LITTLE_ENDIAN);
        final int bits = Integer.numberOfTrailingZeros(geometry.termLength());
        return frame.putInt(0, length)
                .put(DataHeaderFlyweight.FLAGS_FIELD_OFFSET, FrameDescriptor.UNFRAGMENTED)
                .putShort(DataHeaderFlyweight.TYPE_FIELD_OFFSET, (short) DataHeaderFlyweight.HDR_TYPE_DATA)
                .putInt(DataHeaderFlyweight.TERM_OFFSET_FIELD_OFFSET, (int) (position & (geometry.termLength() - 1)))
                .putInt(DataHeaderFlyweight.TERM_ID_FIELD_OFFSET, geometry.initialTermId() + (int) (position >> bits))
                .putLong(DataHeaderFlyweight.RESERVED_VALUE_OFFSET, sequence);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
