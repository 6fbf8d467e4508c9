package dev.maar.transport.tcp;

import dev.maar.transport.aeron.TermViews;
import io.aeron.Image;
import io.aeron.logbuffer.BlockHandler;
import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.protocol.DataHeaderFlyweight;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One connection over which a log is sent: blocks of it go into the socket from where they lie, what the receiver's
 * readers have finished comes back and moves the anchor. What has not gone into the socket yet stays in the log, because
 * the anchor is behind it. For one thread at a time, but for {@link #sentAt}.
 */
final class FrameOutlet {

    private static final int MAX_BLOCK_LENGTH = 256 << 10;
    private static final int BLOCKS_PER_TURN = 16;
    private static final int ACKS_LENGTH = 4096;

    private final SocketChannel channel;
    private final Image anchor;
    private final Image data;
    private final int termMask;
    private final long keepAliveNanos;
    private final long silenceNanos;
    private final Apart sending = new Apart(this::sendAll);
    private final BlockHandler sendBlock = this::sendBlock;
    private final TermViews views = new TermViews(true);
    private final ByteBuffer word = ByteBuffer.allocateDirect(Integer.BYTES);
    private final ByteBuffer acks = ByteBuffer.allocateDirect(ACKS_LENGTH);

    private @Nullable ByteBuffer block;
    private @Nullable IOException failure;
    private long heardAt;
    private long sentAt;
    private boolean endSaid;
    private boolean ended;

    /**
     * Begins at a position.
     *
     * @throws IOException when the receiver can not have that position
     */
    FrameOutlet(
            final SocketChannel channel,
            final Image anchor,
            final Image data,
            final long position,
            final LinkSettings settings)
            throws IOException {
        this.channel = channel;
        this.anchor = anchor;
        this.data = data;
        this.termMask = data.termBufferLength() - 1;
        this.keepAliveNanos = settings.keepAlive().toNanos();
        this.silenceNanos = settings.silence().toNanos();
        this.word.limit(0);
        if (position < anchor.position()) {
            throw impossible(position);
        }
        advance(data, position);
        this.heardAt = System.nanoTime();
        this.sentAt = heardAt;
    }

    /** When something was last sent. A guess for other threads. */
    long sentAt() {
        return sentAt;
    }

    /** Whether the receiver has said that it has everything of a log that has ended. */
    boolean isEnded() {
        return ended;
    }

    /** Hears, and sends what there is to send; 0 when there was nothing. */
    int work(final long now) throws IOException {
        final int heard = hear(now);
        if (now - heardAt >= silenceNanos) {
            throw new IOException("the receiver has been silent for too long");
        }
        return heard + send(now);
    }

    /** Sends what there is to send, as far as the socket takes it. */
    int send(final long now) throws IOException {
        return sending.at(now);
    }

    private int sendAll(final long now) throws IOException {
        if (data.isClosed() && !endSaid) {
            throw new IOException("the log has gone");
        }
        int sent = finishBlock(now);
        for (int i = 0; i < BLOCKS_PER_TURN && isFree(); i++) {
            final int polled = endSaid ? 0 : data.blockPoll(sendBlock, MAX_BLOCK_LENGTH);
            final IOException broken = failure;
            if (broken != null) {
                throw broken;
            }
            if (polled == 0) {
                sent += sent > 0 ? 0 : rest(now);
                break;
            }
            sentAt = now;
            sent += polled;
        }
        return sent;
    }

    private boolean isFree() {
        return block == null && !word.hasRemaining();
    }

    private int finishBlock(final long now) throws IOException {
        int sent = 0;
        if (word.hasRemaining()) {
            sent += channel.write(word);
        }
        final ByteBuffer begun = block;
        if (begun != null && !word.hasRemaining()) {
            final int written = channel.write(begun);
            if (written > 0) {
                sentAt = now;
                sent += written;
            }
            if (!begun.hasRemaining()) {
                block = null;
            }
        }
        return sent;
    }

    /** When there is nothing to send: the end, or a sign of life. */
    private int rest(final long now) throws IOException {
        if (!endSaid && data.isEndOfStream()) {
            endSaid = true;
            return say(Wire.END, now);
        }
        return !endSaid && now - sentAt >= keepAliveNanos ? say(Wire.KEEP_ALIVE, now) : 0;
    }

    private int say(final int what, final long now) throws IOException {
        sentAt = now;
        word.clear().putInt(what).flip();
        return channel.write(word);
    }

    /** Whole frames of one term, or one padding frame, of which the header is enough. */
    private void sendBlock(
            final DirectBuffer term, final int offset, final int size, final int sessionId, final int termId) {
        final boolean padding =
                (term.getShort(offset + DataHeaderFlyweight.TYPE_FIELD_OFFSET, ByteOrder.LITTLE_ENDIAN) & 0xFFFF)
                        == DataHeaderFlyweight.HDR_TYPE_PAD;
        final ByteBuffer bytes = views.of(term, offset, padding ? DataHeaderFlyweight.HEADER_LENGTH : size);
        try {
            channel.write(bytes);
        } catch (final IOException broken) {
            failure = broken;
        }
        block = bytes.hasRemaining() ? bytes : null;
    }

    private int hear(final long now) throws IOException {
        final int read = channel.read(acks);
        if (read < 0) {
            throw new IOException("the receiver has closed the connection");
        }
        if (read == 0) {
            return 0;
        }
        heardAt = now;
        acks.flip();
        long position = -1;
        while (acks.remaining() >= Long.BYTES) {
            final long heard = acks.getLong();
            if (heard == Wire.BYE && endSaid) {
                ended = true;
            } else {
                position = heard;
            }
        }
        acks.compact();
        if (position >= 0) {
            if (position > data.position()) {
                throw impossible(position);
            }
            advance(anchor, position);
        }
        return read;
    }

    /** Moves a reader of the log forward; it can only be moved within a term at a time. */
    private void advance(final Image image, final long target) throws IOException {
        if (target < image.position() || (target & (FrameDescriptor.FRAME_ALIGNMENT - 1)) != 0) {
            throw impossible(target);
        }
        long position = image.position();
        while (position < target) {
            position = Math.min(target, (position | termMask) + 1);
            image.position(position);
        }
    }

    private static IOException impossible(final long position) {
        return new IOException("the receiver speaks of a position that can not be: " + position);
    }
}
