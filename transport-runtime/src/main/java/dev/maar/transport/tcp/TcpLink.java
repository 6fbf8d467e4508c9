package dev.maar.transport.tcp;

import dev.maar.transport.aeron.AeronNode;
import dev.maar.transport.aeron.ConsumerPositions;
import dev.maar.transport.aeron.LogException;
import dev.maar.transport.aeron.LogReader;
import dev.maar.transport.aeron.LogWriter;
import io.aeron.ExclusivePublication;

/** A log, a socket, and a log of the same shape that readers join. Thread-safe. */
public final class TcpLink implements AutoCloseable {

    private final TcpLinks links;
    private final AeronNode node;
    private final LogWriter source;
    private final ExclusivePublication copy;
    private final ConsumerPositions consumers;
    private final TcpSender sender;
    private final TcpReceiver receiver;

    private TcpLink(
            final TcpLinks links,
            final AeronNode node,
            final LogWriter source,
            final TcpSender sender,
            final ExclusivePublication copy) {
        this.links = links;
        this.node = node;
        this.source = source;
        this.sender = sender;
        this.copy = copy;
        this.consumers = node.consumerPositions();
        this.receiver = new TcpReceiver(copy, consumers);
    }

    static TcpLink open(final TcpLinks links, final AeronNode node, final LogWriter source, final TcpSender sender) {
        return new TcpLink(links, node, source, sender, node.openCopy(source, sender.position()));
    }

    TcpReceiver receiver() {
        return receiver;
    }

    /**
     * By which counter the log's writer has to be told of this link as a reader.
     *
     * @return the counter's id
     */
    public int positionId() {
        return sender.positionId();
    }

    /**
     * Joins the far log behind the last message that the near one has.
     *
     * @param leaky whether it never holds the log's writer back; otherwise it does from now on
     * @return the reader, to be closed by the caller
     * @throws LogException when the driver does not answer
     */
    public LogReader openReader(final boolean leaky) {
        final LogReader reader = node.openCopyReader(copy, source);
        if (!leaky) {
            consumers.add(reader.positionId());
        }
        return reader;
    }

    /**
     * The reader does not hold the writer back any more.
     *
     * @param reader one of this link's
     */
    public void removeReader(final LogReader reader) {
        consumers.remove(reader.positionId());
    }

    /** Breaks the connection, as a network may do at any time; it comes back by itself. */
    public void breakConnection() {
        links.order(sender::breakConnection);
    }

    /** Closes both ends as soon as everything in the log, which has ended, has come through. */
    public void closeWhenDelivered() {
        links.closeWhenDelivered(sender, receiver);
    }

    /** Closes both ends; what is on its way is lost. */
    @Override
    public void close() {
        links.close(sender, receiver);
    }
}
