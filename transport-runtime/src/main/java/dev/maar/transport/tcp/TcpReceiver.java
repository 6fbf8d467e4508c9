package dev.maar.transport.tcp;

import dev.maar.transport.aeron.ConsumerPositions;
import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.protocol.DataHeaderFlyweight;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import org.agrona.BitUtil;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The receiving end of a link: appends what comes to a log of the same shape and says how far that log's readers are.
 * What comes is not trusted: every frame is checked before it is appended, and a connection that sends anything else is
 * closed. While the log has no room the socket is not read, so that the sender's writer feels it. For the links' thread,
 * but for the readers' positions.
 */
final class TcpReceiver implements Worker {

    private static final System.Logger LOG = System.getLogger(TcpReceiver.class.getName());
    private static final int CAPACITY = 4 * Wire.MAX_BLOCK_LENGTH;

    private final ExclusivePublication log;
    private final ConsumerPositions consumers;
    private final int termMask;
    private final int termBits;
    private final int maxFrameLength;
    private final ByteBuffer received = ByteBuffer.allocateDirect(CAPACITY);
    private final UnsafeBuffer frames = new UnsafeBuffer(received);
    private final ByteBuffer ack = ByteBuffer.allocateDirect(Long.BYTES);

    private @Nullable SocketChannel channel;
    private long heardAt;
    private long saidAt;
    private long acknowledged;

    TcpReceiver(final ExclusivePublication log, final ConsumerPositions consumers) {
        this.log = log;
        this.consumers = consumers;
        this.termMask = log.termBufferLength() - 1;
        this.termBits = Integer.numberOfTrailingZeros(log.termBufferLength());
        this.maxFrameLength = log.maxPayloadLength() + DataHeaderFlyweight.HEADER_LENGTH;
        this.ack.limit(0);
    }

    /** A greeted connection: it takes the place of one that was before. */
    void attach(final SocketChannel greeted, final long now) throws IOException {
        CloseHelper.quietClose(channel);
        greeted.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel = greeted;
        received.clear();
        heardAt = now;
        ack.clear().putLong(log.position()).flip();
        acknowledged = -1;
        saidAt = now;
        greeted.write(ack);
    }

    @Override
    public int work(final long now) {
        final SocketChannel current = channel;
        if (current == null) {
            return 0;
        }
        try {
            final int read = receive(current, now);
            if (now - heardAt >= Wire.SILENCE_NANOS) {
                throw new IOException("the sender has been silent for too long");
            }
            return read + acknowledge(current, now);
        } catch (final IOException broken) {
            LOG.log(
                    System.Logger.Level.INFO,
                    () -> "a TCP link is down and waits for its sender: " + broken.getMessage());
            CloseHelper.quietClose(current);
            channel = null;
            return 1;
        }
    }

    private int receive(final SocketChannel current, final long now) throws IOException {
        final int read = received.hasRemaining() ? current.read(received) : 0;
        if (read > 0) {
            heardAt = now;
        }
        if (read < 0) {
            throw new IOException("the sender has closed the connection");
        }
        final int taken = takeBlocks(now);
        return read + taken;
    }

    /** Appends the complete blocks that are there and moves the rest to the front. */
    private int takeBlocks(final long now) throws IOException {
        final int end = received.position();
        int offset = 0;
        while (end - offset >= Integer.BYTES) {
            final int length = received.getInt(offset);
            if (length == Wire.END) {
                log.close();
            } else if (length != Wire.KEEP_ALIVE) {
                checkLength(length);
                if (end - offset - Integer.BYTES < length) {
                    break;
                }
                if (!append(offset + Integer.BYTES, length)) {
                    heardAt = now;
                    break;
                }
            }
            offset += Integer.BYTES + Math.max(length, 0);
        }
        if (offset > 0) {
            received.flip().position(offset);
            received.compact();
        }
        return offset;
    }

    private static void checkLength(final int length) throws IOException {
        if (length < DataHeaderFlyweight.HEADER_LENGTH
                || length > Wire.MAX_BLOCK_LENGTH
                || (length & (FrameDescriptor.FRAME_ALIGNMENT - 1)) != 0) {
            throw new IOException("the sender has sent a block of " + length + " bytes");
        }
    }

    private boolean append(final int offset, final int length) throws IOException {
        final boolean padding = type(offset) == DataHeaderFlyweight.HDR_TYPE_PAD;
        if (padding) {
            checkPadding(offset, length);
        } else {
            checkFrames(offset, length);
        }
        final long result = padding
                ? log.appendPadding(frameLength(offset) - DataHeaderFlyweight.HEADER_LENGTH)
                : log.offerBlock(frames, offset, length);
        if (result == Publication.CLOSED || result == Publication.MAX_POSITION_EXCEEDED) {
            throw new IOException("the log takes no more: " + Publication.errorString(result));
        }
        return result > 0;
    }

    private void checkPadding(final int offset, final int length) throws IOException {
        final int termOffset = (int) log.position() & termMask;
        final int aligned = BitUtil.align(frameLength(offset), FrameDescriptor.FRAME_ALIGNMENT);
        if (length != DataHeaderFlyweight.HEADER_LENGTH
                || frameLength(offset) < DataHeaderFlyweight.HEADER_LENGTH
                || aligned > maxFrameLength
                || termOffset + aligned > termMask + 1) {
            throw new IOException("the sender has sent a padding frame that can not be");
        }
        checkPlace(offset, log.position());
    }

    /** Checks every frame, and makes them frames of this log. */
    private void checkFrames(final int offset, final int length) throws IOException {
        final long position = log.position();
        if (((int) position & termMask) + length > termMask + 1) {
            throw new IOException("the sender has sent a block that crosses a term");
        }
        int done = 0;
        while (done < length) {
            final int at = offset + done;
            final int frameLength = frameLength(at);
            final int aligned = BitUtil.align(frameLength, FrameDescriptor.FRAME_ALIGNMENT);
            if (frameLength < DataHeaderFlyweight.HEADER_LENGTH
                    || frameLength > maxFrameLength
                    || aligned > length - done
                    || type(at) != DataHeaderFlyweight.HDR_TYPE_DATA) {
                throw new IOException("the sender has sent a frame that can not be");
            }
            checkPlace(at, position + done);
            frames.putInt(at + DataHeaderFlyweight.SESSION_ID_FIELD_OFFSET, log.sessionId(), ByteOrder.LITTLE_ENDIAN);
            frames.putInt(at + DataHeaderFlyweight.STREAM_ID_FIELD_OFFSET, log.streamId(), ByteOrder.LITTLE_ENDIAN);
            done += aligned;
        }
    }

    private void checkPlace(final int at, final long position) throws IOException {
        final int termOffset =
                frames.getInt(at + DataHeaderFlyweight.TERM_OFFSET_FIELD_OFFSET, ByteOrder.LITTLE_ENDIAN);
        final int termId = frames.getInt(at + DataHeaderFlyweight.TERM_ID_FIELD_OFFSET, ByteOrder.LITTLE_ENDIAN);
        if (termOffset != ((int) position & termMask) || termId != log.initialTermId() + (int) (position >> termBits)) {
            throw new IOException("the sender has sent a frame that does not follow the one before");
        }
    }

    private int frameLength(final int at) {
        return frames.getInt(at, ByteOrder.LITTLE_ENDIAN);
    }

    private int type(final int at) {
        return frames.getShort(at + DataHeaderFlyweight.TYPE_FIELD_OFFSET, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }

    /** What the slowest reader has finished; everything that has come, when there is none. */
    private int acknowledge(final SocketChannel current, final long now) throws IOException {
        if (ack.hasRemaining()) {
            current.write(ack);
            return 0;
        }
        final long appended = log.position();
        if (appended < 0) {
            return 0;
        }
        final long position = Math.min(appended, consumers.slowest());
        if (position == acknowledged && now - saidAt < Wire.KEEP_ALIVE_NANOS) {
            return 0;
        }
        acknowledged = position;
        saidAt = now;
        ack.clear().putLong(position).flip();
        return current.write(ack);
    }

    /** Whether everything has come of a log that has ended. */
    boolean isEnded() {
        return log.isClosed();
    }

    @Override
    public void dispose() {
        CloseHelper.quietCloseAll(channel, log);
        channel = null;
    }
}
