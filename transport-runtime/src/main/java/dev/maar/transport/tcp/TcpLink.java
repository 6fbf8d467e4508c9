package dev.maar.transport.tcp;

import dev.maar.transport.aeron.LogException;
import dev.maar.transport.aeron.LogReader;
import dev.maar.transport.aeron.LogWriter;

/** A log, a socket, and a log of the same shape that readers join, all in one node. Thread-safe. */
public final class TcpLink implements AutoCloseable {

    private final TcpLinks links;
    private final LogWriter source;
    private final TcpOutgoing outgoing;
    private final TcpIncoming incoming;

    TcpLink(final TcpLinks links, final LogWriter source, final TcpOutgoing outgoing, final TcpIncoming incoming) {
        this.links = links;
        this.source = source;
        this.outgoing = outgoing;
        this.incoming = incoming;
    }

    /**
     * By which counter the log's writer has to be told of this link as a reader.
     *
     * @return the counter's id
     */
    public int positionId() {
        return outgoing.positionId();
    }

    /**
     * Joins the far log behind the last message that the near one has.
     *
     * @param leaky whether it never holds the log's writer back; otherwise it does from now on
     * @return the reader, to be closed by the caller
     * @throws LogException when the driver does not answer
     */
    public LogReader openReader(final boolean leaky) {
        return incoming.openReader(source, leaky);
    }

    /**
     * The reader does not hold the writer back any more.
     *
     * @param reader one of this link's
     */
    public void removeReader(final LogReader reader) {
        incoming.removeReader(reader);
    }

    /** Breaks the connection, as a network may do at any time; it comes back by itself. */
    public void breakConnection() {
        outgoing.breakConnection();
    }

    /** Closes both ends as soon as everything in the log, which has ended, has come through. */
    public void closeWhenDelivered() {
        links.closeWhenDelivered(outgoing.sender(), incoming.receiver());
    }

    /** Closes both ends; what is on its way is lost. */
    @Override
    public void close() {
        outgoing.close();
        incoming.close();
    }
}
