package dev.maar.transport.tcp;

import dev.maar.transport.aeron.ConsumerPositions;
import dev.maar.transport.aeron.LogCopies;
import dev.maar.transport.aeron.LogException;
import io.aeron.ExclusivePublication;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.function.LongFunction;
import org.agrona.CloseHelper;
import org.jspecify.annotations.Nullable;

/**
 * The receiving end of a link: opens a log of the shape that its sender tells, appends what comes, and says how far that
 * log's readers are. While the log has no room the socket is not read, so that the sender's writer feels it.
 */
final class TcpReceiver extends Worker {

    private static final System.Logger LOG = System.getLogger(TcpReceiver.class.getName());
    private static final int READS_PER_TURN = 16;
    private static final long NO_REQUEST = -1;

    private final LogCopies logs;
    private final LinkSettings settings;
    private final long keepAliveNanos;
    private final long silenceNanos;
    private final ConsumerPositions consumers;
    private final ByteBuffer ack = ByteBuffer.allocateDirect(Long.BYTES);

    private Wire.@Nullable Claim claim;
    private long request = NO_REQUEST;
    private @Nullable AckPolicy acks;
    private @Nullable LongFunction<ByteBuffer> welcome;
    private @Nullable SocketChannel channel;
    private long heardAt;
    private long saidAt;
    private boolean byeSaid;

    /** Set once, when the log is open. */
    private volatile @Nullable ExclusivePublication log;

    private volatile @Nullable FrameIntake intake;
    private volatile boolean hadReader;
    private volatile boolean streaming;
    private volatile @Nullable LogException refusal;

    TcpReceiver(final LogCopies logs, final LinkSettings settings) {
        this.logs = logs;
        this.settings = settings;
        this.keepAliveNanos = settings.keepAlive().toNanos();
        this.silenceNanos = settings.silence().toNanos();
        this.consumers = logs.consumerPositions();
        this.ack.limit(0);
    }

    /** The readers that the sender has to be told of. */
    ConsumerPositions consumers() {
        return consumers;
    }

    /** There is a reader now; those who count are among {@link #consumers}. From any thread. */
    void readerHasCome() {
        hadReader = true;
    }

    /** The log, when it is open. From any thread. */
    @Nullable
    ExclusivePublication log() {
        return log;
    }

    /** The first message that a reader which joins now has a right to. From any thread. */
    long nextSequence() {
        final FrameIntake current = intake;
        return current == null ? 0 : current.nextSequence();
    }

    /** Whether a sender is connected. From any thread. */
    boolean isStreaming() {
        return streaming;
    }

    /** Why the log could not be opened the last time, if it was tried. From any thread. */
    @Nullable
    LogException refusal() {
        return refusal;
    }

    /**
     * A connection that has proved who it is: it takes the place of one that was before. For the links' thread.
     *
     * @param greeted the connection
     * @param claimed which log it brings
     * @param answer makes the welcome out of the position from which the log is wanted
     */
    void attach(
            final SocketChannel greeted,
            final Wire.Claim claimed,
            final LongFunction<ByteBuffer> answer,
            final long now)
            throws IOException {
        if (!enterSoon()) {
            throw new IOException("its link is closed");
        }
        try {
            check(claimed);
            greeted.setOption(StandardSocketOptions.TCP_NODELAY, true);
            CloseHelper.quietClose(channel);
            streaming = false;
            channel = greeted;
            welcome = answer;
            heardAt = now;
        } finally {
            exit();
        }
    }

    private void check(final Wire.Claim claimed) throws IOException {
        final Wire.Claim before = claim;
        if (before == null) {
            if (!claimed.geometry().isPossible(claimed.position(), settings.maxTermLength()) || claimed.bound() < 1) {
                throw new IOException("its log is of a shape that is not taken: " + claimed.geometry());
            }
            claim = claimed;
        } else if (!before.geometry().equals(claimed.geometry())) {
            throw new IOException("its log has changed its shape");
        }
    }

    @Override
    int work(final long now) {
        final SocketChannel current = channel;
        if (current == null) {
            return 0;
        }
        try {
            final FrameIntake open = intake;
            if (open == null) {
                return open();
            }
            return welcome == null ? stream(current, open, now) : welcome(current, open, now);
        } catch (final IOException broken) {
            disconnect(broken.getMessage());
        } catch (final LogException failure) {
            refusal = failure;
            request = NO_REQUEST;
            LOG.log(System.Logger.Level.WARNING, "a TCP link's log can not be opened: " + failure.getMessage());
            disconnect(failure.getMessage());
        }
        return 1;
    }

    private int open() {
        final Wire.Claim wanted = claim;
        if (wanted == null) {
            return 0;
        }
        if (request == NO_REQUEST) {
            request = logs.requestCopy(wanted.geometry(), wanted.position());
        }
        final ExclusivePublication opened = logs.requestedCopy(request);
        if (opened == null) {
            return 0;
        }
        final AckPolicy policy = new AckPolicy(wanted.bound(), opened.termBufferLength(), wanted.position());
        acks = policy;
        log = opened;
        intake = new FrameIntake(opened, policy, wanted.sequence());
        return 1;
    }

    private int welcome(final SocketChannel current, final FrameIntake open, final long now) throws IOException {
        final LongFunction<ByteBuffer> answer = welcome;
        if (answer == null) {
            return 0;
        }
        open.restart();
        final ByteBuffer bytes = answer.apply(open.position());
        welcome = null;
        current.write(bytes);
        if (bytes.hasRemaining()) {
            throw new IOException("a new connection does not take the greeting");
        }
        heardAt = now;
        byeSaid = false;
        streaming = true;
        final AckPolicy policy = acks;
        return policy == null ? 1 : say(current, policy.told(), now);
    }

    private int stream(final SocketChannel current, final FrameIntake open, final long now) throws IOException {
        int work = 0;
        int reads = 0;
        do {
            work += open.read(current);
            reads++;
        } while (open.hasMore() && reads < READS_PER_TURN);
        if (work > 0 || open.isStalled()) {
            heardAt = now;
        } else if (now - heardAt >= silenceNanos) {
            throw new IOException("the sender has been silent for too long");
        }
        return work + acknowledge(current, open, now);
    }

    private int acknowledge(final SocketChannel current, final FrameIntake open, final long now) throws IOException {
        if (ack.hasRemaining()) {
            return current.write(ack);
        }
        if (open.isEnded() && !byeSaid) {
            byeSaid = true;
            return say(current, Wire.BYE, now);
        }
        final AckPolicy policy = acks;
        if (policy == null) {
            return 0;
        }
        final long consumed = consumed(policy, open);
        if (policy.isDue(consumed, now) || now - saidAt >= keepAliveNanos) {
            policy.told(consumed);
            return say(current, consumed, now);
        }
        return 0;
    }

    /** What the slowest reader that counts has finished: everything where none counts, nothing before any has come. */
    private long consumed(final AckPolicy policy, final FrameIntake open) {
        return hadReader ? Math.max(policy.told(), Math.min(consumers.slowest(), open.position())) : policy.told();
    }

    private int say(final SocketChannel current, final long word, final long now) throws IOException {
        saidAt = now;
        ack.clear().putLong(word).flip();
        return current.write(ack);
    }

    private void disconnect(final @Nullable String why) {
        if (!isEnded()) {
            LOG.log(System.Logger.Level.INFO, () -> "a TCP link is down and waits for its sender: " + why);
        }
        CloseHelper.quietClose(channel);
        channel = null;
        welcome = null;
        streaming = false;
    }

    /** Whether everything has come of a log that has ended. From any thread. */
    boolean isEnded() {
        final FrameIntake current = intake;
        return current != null && current.isEnded();
    }

    @Override
    void free() {
        CloseHelper.quietClose(channel);
        channel = null;
        streaming = false;
        final FrameIntake current = intake;
        if (current != null) {
            current.free();
        }
        if (log != null) {
            CloseHelper.quietClose(log);
        } else if (request != NO_REQUEST) {
            logs.cancelCopy(request);
        }
    }
}
