package dev.maar.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maar.transport.aeron.AeronNode;
import dev.maar.transport.aeron.LogWriter;
import dev.maar.transport.aeron.NodeSettings;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A node with its own media driver, as another host has, and its links. Writes and checks numbered messages. */
final class Host implements AutoCloseable {

    static final int STREAM = 7;
    static final int BOUND = 32;

    private final List<Throwable> errors = new CopyOnWriteArrayList<>();
    private final AeronNode node;
    private final TcpLinks links;
    private long sent;
    private long received;

    Host(final Path directory, final int termLength, final LinkSettings settings) {
        node = AeronNode.launch(new NodeSettings(directory, false, termLength, Duration.ofSeconds(10), errors::add));
        links = TcpLinks.launch(node, settings);
    }

    TcpLinks links() {
        return links;
    }

    LogWriter writer() {
        return node.openSharedWriter(STREAM, BOUND);
    }

    long sent() {
        return sent;
    }

    long received() {
        return received;
    }

    /** Writes a message that tells its own number at both ends. */
    boolean write(final LogWriter writer, final int size) {
        final ByteBuffer into = writer.hasRoom() ? writer.tryClaim(size) : null;
        if (into == null) {
            return false;
        }
        into.putLong(into.position(), sent).putLong(into.limit() - Long.BYTES, sent);
        writer.commit(sent++);
        return true;
    }

    void check(final ByteBuffer message, final long sequence) {
        assertThat(sequence).isEqualTo(received);
        assertThat(message.getLong(message.position())).isEqualTo(received);
        assertThat(message.getLong(message.limit() - Long.BYTES)).isEqualTo(received);
        received++;
    }

    @Override
    public void close() {
        links.close();
        node.close();
        assertThat(errors).isEmpty();
    }
}
