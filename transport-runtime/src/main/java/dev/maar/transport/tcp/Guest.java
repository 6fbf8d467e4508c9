package dev.maar.transport.tcp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.security.SecureRandom;
import java.util.function.Function;
import org.agrona.CloseHelper;
import org.jspecify.annotations.Nullable;

/**
 * A connection that has not finished its greeting: a stranger, of whom nothing is kept but some hundred bytes for some
 * seconds. For the links' thread.
 */
final class Guest {

    /** A link that expects its sender. */
    record Host(LinkKey key, TcpReceiver receiver) {}

    private final SocketChannel channel;
    private final long since;
    private final ByteBuffer said = ByteBuffer.allocate(Wire.GREETINGS_LENGTH);
    private final ByteBuffer proof = ByteBuffer.allocate(LinkKey.PROOF_LENGTH);
    private @Nullable Host host;

    Guest(final SocketChannel channel, final long now) {
        this.channel = channel;
        this.since = now;
        said.limit(Wire.HELLO_LENGTH);
    }

    /**
     * Goes on with the greeting.
     *
     * @return whether the connection has found its receiver
     * @throws IOException when it has to be sent away
     */
    boolean isSettled(final long now, final SecureRandom random, final Function<byte[], @Nullable Host> hosts)
            throws IOException {
        if (now - since >= Wire.GREETING_NANOS) {
            throw new IOException("it did not greet in time");
        }
        if (host == null) {
            if (!isRead(said)) {
                return false;
            }
            host = challenge(random, hosts);
        }
        if (!isRead(said) || !isRead(proof)) {
            return false;
        }
        final LinkKey key = host.key();
        if (!key.isProof(LinkKey.Role.SENDER, said.duplicate().flip(), proof.array())) {
            throw new IOException("it does not know the link's token and secret");
        }
        final ByteBuffer claim = said.duplicate();
        claim.flip().position(Wire.HELLO_LENGTH + Wire.NONCE_LENGTH);
        host.receiver().attach(channel, Wire.Claim.read(claim), position -> welcome(key, position), now);
        return true;
    }

    private Host challenge(final SecureRandom random, final Function<byte[], @Nullable Host> hosts) throws IOException {
        final byte[] name = new byte[LinkKey.NAME_LENGTH];
        said.get(Long.BYTES, name);
        final Host found = said.getLong(0) == Wire.MAGIC ? hosts.apply(name) : null;
        if (found == null) {
            throw new IOException("it does not greet as any link's sender does");
        }
        final byte[] nonce = new byte[Wire.NONCE_LENGTH];
        random.nextBytes(nonce);
        write(ByteBuffer.wrap(nonce));
        said.limit(said.position() + Wire.NONCE_LENGTH + Wire.CLAIM_LENGTH).put(nonce);
        return found;
    }

    private ByteBuffer welcome(final LinkKey key, final long position) {
        said.limit(said.capacity()).putLong(position).flip();
        final ByteBuffer welcome = ByteBuffer.allocate(Wire.WELCOME_LENGTH + LinkKey.PROOF_LENGTH);
        return welcome.putLong(position)
                .put(key.proof(LinkKey.Role.RECEIVER, said))
                .flip();
    }

    private boolean isRead(final ByteBuffer into) throws IOException {
        if (into.hasRemaining() && channel.read(into) < 0) {
            throw new IOException("it went away while greeting");
        }
        return !into.hasRemaining();
    }

    private void write(final ByteBuffer bytes) throws IOException {
        channel.write(bytes);
        if (bytes.hasRemaining()) {
            throw new IOException("a new connection does not take the greeting");
        }
    }

    void sendAway() {
        CloseHelper.quietClose(channel);
    }
}
