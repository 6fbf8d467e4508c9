package dev.maar.transport.mesh;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One connection: greets, proves and checks, then passes messages. Keeps a bounded number of bytes, whatever the other
 * side does. For the mesh's thread, but for {@link #send} and what never changes.
 *
 * <p>Over TCP the side that called proves first that it knows the secret, over both greetings and its role, so that
 * nobody can have a proof made and use it elsewhere.
 */
final class Link implements Peer {

    private static final byte[] CALLER = "caller".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CALLED = "called".getBytes(StandardCharsets.US_ASCII);

    private static final UUID UNKNOWN = new UUID(0, 0);

    private final Mesh mesh;
    private final SocketChannel channel;
    private final Dialer dialer;
    private final boolean local;
    private final String place;
    private final Secret secret;
    private final Hello own;
    private final long since;
    private final ByteBuffer in = ByteBuffer.allocate(Frame.LENGTH_BYTES + Frame.MAX_LENGTH);

    private final Outbox outbox;

    private @Nullable SelectionKey key;
    private @Nullable Hello other;
    private volatile UUID id = UNKNOWN;
    private boolean up;
    private boolean known;
    private boolean orderly;
    private boolean closed;
    private long heardAt;
    private long saidAt;
    private long tendAgainIn = Long.MAX_VALUE;

    /**
     * A connection that is being made or has just been taken.
     *
     * @param dialer who called; {@link Dialer#NONE} when the other side did
     * @param local whether it is a Unix domain socket, of which only this user's processes know
     */
    Link(
            final Mesh mesh,
            final SocketChannel channel,
            final Dialer dialer,
            final boolean local,
            final Secret secret,
            final long now) {
        this.mesh = mesh;
        this.channel = channel;
        this.dialer = dialer;
        this.local = local;
        this.secret = secret;
        this.outbox = new Outbox(mesh::moved);
        this.own = Hello.from(mesh.id());
        this.since = now;
        this.heardAt = now;
        this.saidAt = now;
        this.place = local
                ? " on this host"
                : address().map(address -> " at " + address.getHostAddress()).orElse("");
    }

    void register(final SelectionKey registered) {
        key = registered;
    }

    /** The channel is connected now. */
    void greet() throws IOException {
        outbox.add(Frame.of(Frame.HELLO, own.bytes()));
        flush(System.nanoTime());
    }

    SocketChannel channel() {
        return channel;
    }

    Dialer dialer() {
        return dialer;
    }

    /** Whether this side called. */
    private boolean isCaller() {
        return dialer != Dialer.NONE;
    }

    /** Which side called, as both see it. */
    UUID caller() {
        return isCaller() ? mesh.id() : id;
    }

    boolean isUp() {
        return up;
    }

    /** Whether the listener knows of it. */
    boolean isKnown() {
        return known;
    }

    void isKnown(final boolean toListener) {
        known = toListener;
    }

    /** Whether it has spoken this protocol, whatever came of that. */
    boolean hasGreeted() {
        return other != null;
    }

    boolean isOrderly() {
        return orderly;
    }

    boolean isClosed() {
        return closed;
    }

    /** Does what the socket is ready for. */
    void serve(final long now) throws IOException {
        final SelectionKey ready = key;
        if (ready == null || !ready.isValid()) {
            return;
        }
        if (ready.isConnectable() && channel.finishConnect()) {
            ready.interestOps(SelectionKey.OP_READ);
            greet();
        } else if (ready.isReadable()) {
            read(now);
        }
    }

    private void read(final long now) throws IOException {
        final int read = channel.read(in);
        if (read < 0) {
            throw new IOException("it has closed the connection");
        }
        if (read > 0) {
            heardAt = now;
        }
        in.flip();
        while (!closed && in.remaining() >= Frame.LENGTH_BYTES) {
            final int length = in.getInt(in.position());
            if (length < 1 || length > Frame.MAX_LENGTH) {
                throw new IOException("it sent a frame of " + length + " bytes");
            }
            if (in.remaining() < Frame.LENGTH_BYTES + length) {
                break;
            }
            final int start = in.position() + Frame.LENGTH_BYTES;
            if (up && Frame.isPosition(in, start, length)) {
                mesh.consumed(this, in.getLong(start + 1), in.getLong(start + 1 + Long.BYTES));
            } else {
                take(in.slice(start, length));
            }
            in.position(start + length);
        }
        in.compact();
    }

    private void take(final ByteBuffer frame) throws IOException {
        final byte kind = frame.get();
        if (kind == Frame.HELLO && other == null) {
            hello(frame);
        } else if (kind == Frame.PROOF && other != null && !up && !local) {
            checkProof(frame, other);
        } else if (kind == Frame.KEEP_ALIVE && up) {
            heardAt = System.nanoTime();
        } else if (kind == Frame.GOODBYE && up) {
            orderly = true;
            throw new IOException("it said goodbye");
        } else if (up) {
            mesh.received(this, Frame.message(kind, frame));
        } else {
            throw new IOException("it did not greet first");
        }
    }

    private void hello(final ByteBuffer frame) throws IOException {
        final Hello theirs = Hello.read(frame);
        other = theirs;
        id = theirs.id();
        if (theirs.id().equals(mesh.id())) {
            dialer.isSelf();
            throw new IOException("it is this runtime itself");
        }
        if (local) {
            rise();
        } else if (isCaller()) {
            outbox.add(Frame.of(Frame.PROOF, proof(CALLER, own, theirs)));
        }
    }

    private void checkProof(final ByteBuffer frame, final Hello theirs) throws IOException {
        final byte[] given = new byte[frame.remaining()];
        frame.get(given);
        final byte[] expected = isCaller() ? proof(CALLED, own, theirs) : proof(CALLER, theirs, own);
        if (!MessageDigest.isEqual(expected, given)) {
            throw new IOException("it does not know the secret: set the same MAAR_SECRET on both sides");
        }
        if (!isCaller()) {
            outbox.add(Frame.of(Frame.PROOF, proof(CALLED, theirs, own)));
        }
        rise();
    }

    /** The caller's greeting comes first. */
    private byte[] proof(final byte[] role, final Hello callers, final Hello calleds) {
        return secret.proof(role, callers.bytes(), calleds.bytes());
    }

    private void rise() {
        up = true;
        mesh.risen(this);
    }

    /** Whether there are positions to tell. */
    boolean hasMoved() {
        return outbox.hasMoved();
    }

    /** Writes what can be written without waiting. */
    void flush(final long now) throws IOException {
        if (!channel.isConnected()) {
            return;
        }
        if (outbox.write(channel)) {
            saidAt = now;
        }
        final SelectionKey registered = key;
        if (registered != null && registered.isValid()) {
            registered.interestOps(
                    outbox.isEmpty() ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        }
    }

    /** Does what has to be done by the clock. */
    void tend(final long now, final MeshSettings settings) throws IOException {
        if (local) {
            return;
        }
        final long silence = settings.silence().toNanos();
        if (!up) {
            if (now - since >= silence) {
                throw new IOException("it did not greet in time");
            }
            tendAgainIn = since + silence - now;
            return;
        }
        if (now - heardAt >= silence) {
            throw new IOException("it has been silent for " + settings.silence());
        }
        final long keepAlive = settings.keepAlive().toNanos();
        if (now - saidAt >= keepAlive) {
            saidAt = now;
            outbox.add(Frame.of(Frame.KEEP_ALIVE));
            flush(now);
        }
        tendAgainIn = Math.min(saidAt + keepAlive, heardAt + silence) - now;
    }

    /** When to tend again after the last time, in nanoseconds; {@link Long#MAX_VALUE} when it never has to be. */
    long tendAgainIn() {
        return tendAgainIn;
    }

    /** Ends the connection; with a farewell, if it can be had without waiting. */
    void close(final boolean farewell) {
        if (closed) {
            return;
        }
        closed = true;
        try (channel) {
            if (farewell && up) {
                outbox.add(Frame.of(Frame.GOODBYE));
                flush(System.nanoTime());
            }
        } catch (final IOException broken) {
            mesh.unimportant("a connection that was being closed is broken", broken);
        }
    }

    @Override
    public UUID id() {
        return id;
    }

    @Override
    public boolean isSameHost() {
        return local;
    }

    @Override
    public Optional<InetAddress> address() {
        return address(channel::getRemoteAddress);
    }

    @Override
    public Optional<InetAddress> ownAddress() {
        return address(channel::getLocalAddress);
    }

    private interface AddressSource {
        @Nullable
        SocketAddress get() throws IOException;
    }

    private static Optional<InetAddress> address(final AddressSource source) {
        try {
            return source.get() instanceof final InetSocketAddress address
                    ? Optional.ofNullable(address.getAddress())
                    : Optional.empty();
        } catch (final IOException ended) {
            return Optional.empty();
        }
    }

    @Override
    public void send(final Message message) {
        outbox.add(Frame.of(message));
        mesh.flushSoon(this);
    }

    @Override
    public Progress progress(final long route) {
        return outbox.progress(route);
    }

    @Override
    public String toString() {
        return "runtime " + (id == UNKNOWN ? "not yet known" : id.toString().substring(0, 8)) + place;
    }
}
