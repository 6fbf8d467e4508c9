package dev.maar.transport.tcp;

import dev.maar.transport.aeron.LogCopies;
import dev.maar.transport.aeron.LogException;
import dev.maar.transport.aeron.LogPump;
import dev.maar.transport.aeron.LogWriter;
import io.aeron.Image;
import io.aeron.Subscription;
import io.aeron.logbuffer.ControlledFragmentHandler;
import io.aeron.logbuffer.ControlledFragmentHandler.Action;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.jspecify.annotations.Nullable;

/**
 * The sending end of a link. It reads the log twice: an anchor, whose position is what the receiver's readers have
 * finished, holds the writer back and keeps the bytes; a second reader, one for each connection, is ahead of it by what
 * is on its way. After a broken connection the next one starts where the receiver's log ends, which is never before the
 * anchor, so that nothing is lost or comes twice.
 *
 * <p>The log's writing thread sends what it has written itself, when it last did so some time ago: that is quicker than
 * waking the links' thread. A writer in a hurry leaves it to that thread, which sends many messages at once.
 */
final class TcpSender extends Worker implements LogPump {

    private static final System.Logger LOG = System.getLogger(TcpSender.class.getName());
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final long MIN_RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long MAX_RETRY_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long HURRY_NANOS = TimeUnit.MICROSECONDS.toNanos(5);
    private static final int FRAGMENTS_PER_POLL = 256;
    private static final long NO_REQUEST = -1;

    private enum State {
        DOWN,
        CONNECTING,
        GREETING,
        CLAIMING,
        STREAMING,
        ENDED
    }

    private final LogCopies logs;
    private final LogWriter log;
    private final InetSocketAddress peer;
    private final LinkKey key;
    private final LinkSettings settings;
    private final Runnable wakeUp;
    private final Subscription anchorSubscription;
    private final Image anchor;
    private final long firstSequence;
    private final ByteBuffer said = ByteBuffer.allocate(Wire.GREETINGS_LENGTH);
    private final ByteBuffer proof = ByteBuffer.allocate(LinkKey.PROOF_LENGTH);

    private State state = State.DOWN;
    private @Nullable SocketChannel channel;
    private long request = NO_REQUEST;
    private volatile @Nullable FrameOutlet outlet;
    private long retryAt;
    private long retryNanos = MIN_RETRY_NANOS;
    private long greetedAt;
    private volatile boolean streaming;
    private volatile long brokenAt;
    private volatile boolean ended;

    /** Begins at the end of the log. */
    TcpSender(
            final LogCopies logs,
            final LogWriter log,
            final InetSocketAddress peer,
            final LinkKey key,
            final LinkSettings settings,
            final Runnable wakeUp) {
        this.logs = logs;
        this.log = log;
        this.peer = peer;
        this.key = key;
        this.settings = settings;
        this.wakeUp = wakeUp;
        this.anchorSubscription = logs.subscribe(log);
        try {
            this.anchor = logs.awaitImage(anchorSubscription, log.sessionId());
            this.firstSequence = log.nextSequence();
            passOld(anchor, firstSequence);
        } catch (final LogException failed) {
            CloseHelper.quietClose(anchorSubscription);
            throw failed;
        }
        this.brokenAt = System.nanoTime();
        this.retryAt = brokenAt;
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

    /** The counter by which the log's writer knows how far the receiver's readers are. */
    int positionId() {
        return anchor.subscriberPositionId();
    }

    /** Whether the receiver is connected. From any thread. */
    boolean isStreaming() {
        return streaming;
    }

    /** Whether the receiver has everything of a log that has ended. From any thread. */
    boolean isEnded() {
        return ended;
    }

    /** For how long there has been no connection. From any thread. */
    long nanosDown(final long now) {
        return streaming ? 0 : now - brokenAt;
    }

    @Override
    public void onWritten() {
        final FrameOutlet current = outlet;
        if (current == null || !streaming) {
            return;
        }
        final long now = System.nanoTime();
        if (now - current.sentAt() < HURRY_NANOS || Thread.currentThread().isInterrupted() || !enter()) {
            wakeUp.run();
            return;
        }
        try {
            final FrameOutlet mine = outlet;
            if (mine != null) {
                mine.send(now);
            }
        } catch (final IOException broken) {
            disconnect(now, broken);
        } finally {
            helped();
            exit();
        }
    }

    @Override
    public void onFull() {
        if (streaming) {
            help();
        }
    }

    @Override
    int work(final long now) {
        try {
            return switch (state) {
                case DOWN -> now - retryAt >= 0 ? connect(now) : 0;
                case CONNECTING -> greet(now);
                case GREETING -> claim(now);
                case CLAIMING -> resume(now);
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
        request = logs.requestReader(log);
        greetedAt = now;
        state = State.CONNECTING;
        return 1;
    }

    private int greet(final long now) throws IOException {
        checkGreeting(now);
        if (!connected().finishConnect()) {
            return 0;
        }
        final byte[] nonce = new byte[Wire.NONCE_LENGTH];
        RANDOM.nextBytes(nonce);
        said.clear().putLong(Wire.MAGIC).put(key.name()).put(nonce);
        write(said.duplicate().flip());
        said.limit(said.position() + Wire.NONCE_LENGTH);
        state = State.GREETING;
        return 1;
    }

    private int claim(final long now) throws IOException {
        checkGreeting(now);
        if (!isRead(said)) {
            return 0;
        }
        final int start = said.position();
        said.limit(said.capacity());
        new Wire.Claim(log.geometry(), log.bound(), anchor.position(), firstSequence).write(said);
        final ByteBuffer all = said.duplicate().flip();
        final byte[] mine = key.proof(LinkKey.Role.SENDER, all);
        final ByteBuffer claim = ByteBuffer.allocate(Wire.CLAIM_LENGTH + LinkKey.PROOF_LENGTH);
        write(claim.put(all.position(start)).put(mine).flip());
        proof.clear();
        state = State.CLAIMING;
        return 1;
    }

    private int resume(final long now) throws IOException {
        checkGreeting(now);
        if (!isRead(said) || !isRead(proof)) {
            return 0;
        }
        final Subscription subscription = logs.requestedReader(request);
        final Image image = subscription == null ? null : subscription.imageBySessionId(log.sessionId());
        if (image == null) {
            return 0;
        }
        if (!key.isProof(LinkKey.Role.RECEIVER, said.duplicate().flip(), proof.array())) {
            throw new IOException("the receiver does not know the link's token and secret");
        }
        outlet = new FrameOutlet(
                connected(), anchor, image, said.getLong(said.capacity() - Wire.WELCOME_LENGTH), settings);
        retryNanos = MIN_RETRY_NANOS;
        state = State.STREAMING;
        streaming = true;
        return 1;
    }

    private int stream(final long now) throws IOException {
        final FrameOutlet current = outlet;
        final int work = current == null ? 0 : current.work(now);
        if (current != null && current.isEnded()) {
            closeConnection();
            state = State.ENDED;
            ended = true;
        }
        return work;
    }

    private void checkGreeting(final long now) throws IOException {
        if (now - greetedAt >= Wire.GREETING_NANOS) {
            throw new IOException("the receiver does not answer in time");
        }
    }

    private boolean isRead(final ByteBuffer into) throws IOException {
        if (into.hasRemaining() && connected().read(into) < 0) {
            throw new IOException("the receiver has closed the connection");
        }
        return !into.hasRemaining();
    }

    private void write(final ByteBuffer bytes) throws IOException {
        connected().write(bytes);
        if (bytes.hasRemaining()) {
            throw new IOException("a new connection does not take the greeting");
        }
    }

    private SocketChannel connected() throws IOException {
        final SocketChannel current = channel;
        if (current == null) {
            throw new IOException("not connected");
        }
        return current;
    }

    /** Says so once for each connection that was there, and once for a peer that can not be reached at all. */
    private void disconnect(final long now, final Exception why) {
        if (streaming || retryNanos == MIN_RETRY_NANOS) {
            LOG.log(
                    System.Logger.Level.INFO,
                    () -> "the TCP link to " + peer + " is down and will be tried again: " + why.getMessage());
        }
        if (streaming) {
            brokenAt = now;
        }
        closeConnection();
        retryAt = now + retryNanos;
        retryNanos = Math.min(2 * retryNanos, MAX_RETRY_NANOS);
        state = State.DOWN;
    }

    private void closeConnection() {
        streaming = false;
        outlet = null;
        CloseHelper.quietClose(channel);
        channel = null;
        if (request != NO_REQUEST) {
            logs.cancelReader(request);
            request = NO_REQUEST;
        }
    }

    /** Breaks the connection, as a network may do at any time. */
    void breakConnection() {
        CloseHelper.quietClose(channel);
    }

    @Override
    void free() {
        closeConnection();
        CloseHelper.quietClose(anchorSubscription);
        state = State.ENDED;
    }
}
