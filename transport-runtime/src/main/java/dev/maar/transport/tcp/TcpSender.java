package dev.maar.transport.tcp;

import dev.maar.transport.aeron.AeronNode;
import dev.maar.transport.aeron.LogException;
import dev.maar.transport.aeron.LogWriter;
import dev.maar.transport.aeron.TermViews;
import io.aeron.Image;
import io.aeron.Subscription;
import io.aeron.logbuffer.BlockHandler;
import io.aeron.logbuffer.ControlledFragmentHandler;
import io.aeron.logbuffer.ControlledFragmentHandler.Action;
import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.protocol.DataHeaderFlyweight;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The sending end of a link. It reads the log twice: an anchor, whose position is what the receiver's readers have
 * finished, holds the writer back and keeps the bytes; a second reader, one for each connection, is ahead of it by what
 * is on its way. After a broken connection the next one starts where the receiver's log ends, which is never before the
 * anchor, so that nothing is lost or comes twice. For the links' thread.
 */
final class TcpSender implements Worker {

    private static final System.Logger LOG = System.getLogger(TcpSender.class.getName());
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int BLOCKS_PER_TURN = 8;
    private static final int FRAGMENTS_PER_POLL = 256;
    private static final int ACKS_LENGTH = 4096;

    private enum State {
        DOWN,
        CONNECTING,
        GREETING,
        STREAMING,
        ENDED
    }

    private final AeronNode node;
    private final LogWriter log;
    private final InetSocketAddress peer;
    private final byte[] token;
    private final Subscription anchorSubscription;
    private final Image anchor;
    private final int termMask;
    private final BlockHandler sendBlock = this::sendBlock;
    private final ByteBuffer length = ByteBuffer.allocateDirect(Integer.BYTES);
    private final ByteBuffer unsent = ByteBuffer.allocateDirect(Integer.BYTES + Wire.MAX_BLOCK_LENGTH);
    private final ByteBuffer acks = ByteBuffer.allocateDirect(ACKS_LENGTH);
    private final ByteBuffer[] gathered = new ByteBuffer[2];

    private State state = State.DOWN;
    private @Nullable SocketChannel channel;
    private @Nullable Subscription dataSubscription;
    private @Nullable Image data;
    private TermViews views = new TermViews(true);
    private @Nullable IOException failure;
    private long retryAt;
    private long heardAt;
    private long saidAt;

    /** Begins at the end of the log; {@code position} then says where that is. */
    TcpSender(final AeronNode node, final LogWriter log, final InetSocketAddress peer, final byte[] token) {
        this.node = node;
        this.log = log;
        this.peer = peer;
        this.token = token.clone();
        this.anchorSubscription = node.subscribe(log);
        try {
            this.anchor = node.awaitImage(anchorSubscription, log.sessionId());
            passOld(anchor, log.nextSequence());
        } catch (final LogException failed) {
            CloseHelper.quietClose(anchorSubscription);
            throw failed;
        }
        this.termMask = log.termLength() - 1;
        this.unsent.limit(0);
        this.gathered[0] = length;
        this.retryAt = System.nanoTime();
    }

    /** The driver lets a reader join where others are or were: what was published before this link is not its business. */
    private static void passOld(final Image image, final long firstSequence) {
        final ControlledFragmentHandler pass =
                (term, offset, size, header) -> header.reservedValue() < firstSequence ? Action.COMMIT : Action.ABORT;
        int fragments = 1;
        while (fragments > 0) {
            fragments = image.controlledPoll(pass, FRAGMENTS_PER_POLL);
        }
    }

    /** Where the receiver's log has to begin. */
    long position() {
        return anchor.position();
    }

    /** The counter by which the log's writer knows how far the receiver's readers are. */
    int positionId() {
        return anchor.subscriberPositionId();
    }

    @Override
    public int work(final long now) {
        try {
            return switch (state) {
                case DOWN -> now - retryAt >= 0 ? connect(now) : 0;
                case CONNECTING -> greet(now);
                case GREETING -> resume(now);
                case STREAMING -> stream(now);
                case ENDED -> 0;
            };
        } catch (final IOException | LogException broken) {
            disconnect(now, broken);
            return 1;
        }
    }

    private int connect(final long now) throws IOException {
        final SocketChannel opened = SocketChannel.open();
        channel = opened;
        opened.configureBlocking(false);
        opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
        opened.connect(peer);
        heardAt = now;
        state = State.CONNECTING;
        return 1;
    }

    private int greet(final long now) throws IOException {
        final SocketChannel current = connected();
        checkAlive(now);
        if (!current.finishConnect()) {
            return 0;
        }
        final ByteBuffer greeting = ByteBuffer.allocate(Wire.GREETING_LENGTH);
        greeting.putLong(Wire.MAGIC).put(token).flip();
        if (current.write(greeting) != Wire.GREETING_LENGTH) {
            throw new IOException("a new connection does not take the greeting");
        }
        acks.clear().limit(Long.BYTES);
        saidAt = now;
        state = State.GREETING;
        return 1;
    }

    private int resume(final long now) throws IOException {
        checkAlive(now);
        final int read = read(acks, now);
        if (acks.hasRemaining()) {
            return read;
        }
        final long position = acks.getLong(0);
        acks.clear();
        final Subscription subscription = node.subscribe(log);
        dataSubscription = subscription;
        final Image image = node.awaitImage(subscription, log.sessionId());
        data = image;
        views = new TermViews(true);
        advance(image, position);
        advance(anchor, Math.min(position, anchor.position()));
        heardAt = System.nanoTime();
        state = State.STREAMING;
        return 1;
    }

    private int stream(final long now) throws IOException {
        final int heard = hear(now);
        checkAlive(now);
        int work = heard;
        if (unsent.hasRemaining()) {
            work += write(unsent, now);
        }
        final Image image = data;
        for (int i = 0; i < BLOCKS_PER_TURN && image != null && !unsent.hasRemaining(); i++) {
            final int polled = image.blockPoll(sendBlock, Wire.MAX_BLOCK_LENGTH);
            if (failure != null) {
                throw failure;
            }
            if (polled == 0) {
                work += rest(image, now);
                break;
            }
            saidAt = now;
            work += polled;
        }
        return work;
    }

    /** When there is nothing to send: the end, or a sign of life. */
    private int rest(final Image image, final long now) throws IOException {
        if (image.isClosed() || image.isEndOfStream()) {
            say(Wire.END, now);
            if (!unsent.hasRemaining()) {
                state = State.ENDED;
                closeConnection();
            }
            return 1;
        }
        if (now - saidAt >= Wire.KEEP_ALIVE_NANOS) {
            say(Wire.KEEP_ALIVE, now);
        }
        return 0;
    }

    private void say(final int word, final long now) throws IOException {
        unsent.clear().putInt(word).flip();
        write(unsent, now);
    }

    /** Whole frames of one term, or one padding frame, of which the header is enough. */
    private void sendBlock(
            final DirectBuffer term, final int offset, final int size, final int sessionId, final int termId) {
        final boolean padding =
                (term.getShort(offset + DataHeaderFlyweight.TYPE_FIELD_OFFSET, ByteOrder.LITTLE_ENDIAN) & 0xFFFF)
                        == DataHeaderFlyweight.HDR_TYPE_PAD;
        final int bytes = padding ? DataHeaderFlyweight.HEADER_LENGTH : size;
        final ByteBuffer block = views.of(term, offset, bytes);
        length.clear().putInt(bytes).flip();
        gathered[1] = block;
        try {
            connected().write(gathered);
        } catch (final IOException broken) {
            failure = broken;
            return;
        }
        if (block.hasRemaining()) {
            unsent.clear().put(length).put(block).flip();
        }
    }

    private int hear(final long now) throws IOException {
        final int read = read(acks, now);
        if (read == 0) {
            return 0;
        }
        acks.flip();
        long position = -1;
        while (acks.remaining() >= Long.BYTES) {
            position = acks.getLong();
        }
        acks.compact();
        if (position >= 0) {
            advance(anchor, position);
        }
        return read;
    }

    /** Moves a reader of the log forward; it can only be moved within a term at a time. */
    private void advance(final Image image, final long target) throws IOException {
        final Image ahead = data;
        if (target < image.position()
                || (target & (FrameDescriptor.FRAME_ALIGNMENT - 1)) != 0
                || (image == anchor && ahead != null && target > ahead.position())) {
            throw new IOException("the receiver speaks of a position that can not be: " + target);
        }
        long position = image.position();
        while (position < target) {
            position = Math.min(target, (position | termMask) + 1);
            image.position(position);
        }
    }

    private int read(final ByteBuffer into, final long now) throws IOException {
        final int read = connected().read(into);
        if (read < 0) {
            throw new IOException("the receiver has closed the connection");
        }
        if (read > 0) {
            heardAt = now;
        }
        return read;
    }

    private int write(final ByteBuffer from, final long now) throws IOException {
        final int written = connected().write(from);
        saidAt = now;
        return written;
    }

    private void checkAlive(final long now) throws IOException {
        if (now - heardAt >= Wire.SILENCE_NANOS) {
            throw new IOException("the receiver has been silent for too long");
        }
    }

    private SocketChannel connected() throws IOException {
        final SocketChannel current = channel;
        if (current == null) {
            throw new IOException("not connected");
        }
        return current;
    }

    private void disconnect(final long now, final Exception why) {
        LOG.log(
                System.Logger.Level.INFO,
                () -> "the TCP link to " + peer + " is down and will be tried again: " + why.getMessage());
        closeConnection();
        retryAt = now + RETRY_NANOS;
        state = State.DOWN;
    }

    private void closeConnection() {
        CloseHelper.quietCloseAll(channel, dataSubscription);
        channel = null;
        dataSubscription = null;
        data = null;
        failure = null;
        unsent.clear().limit(0);
        acks.clear();
    }

    /** Whether everything has been sent of a log that has ended. */
    boolean isEnded() {
        return state == State.ENDED;
    }

    /** Breaks the connection, as a network may do at any time. */
    void breakConnection() {
        CloseHelper.quietClose(channel);
    }

    @Override
    public void dispose() {
        closeConnection();
        anchorSubscription.close();
        state = State.ENDED;
    }
}
