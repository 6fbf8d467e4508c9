package dev.maar.transport.tcp;

import dev.maar.transport.aeron.LogWriter;

/** A log that is sent to a peer. Thread-safe. */
public final class TcpOutgoing implements AutoCloseable {

    private final TcpLinks links;
    private final LogWriter log;
    private final TcpSender sender;

    TcpOutgoing(final TcpLinks links, final LogWriter log, final TcpSender sender) {
        this.links = links;
        this.log = log;
        this.sender = sender;
        log.addPump(sender);
    }

    TcpSender sender() {
        return sender;
    }

    /**
     * By which counter the log's writer has to be told of this link as a reader: its value is what the peer's readers
     * have finished.
     *
     * @return the counter's id
     */
    public int positionId() {
        return sender.positionId();
    }

    /**
     * Whether the peer is connected. A link that is not goes on trying.
     *
     * @return true between the end of the greeting and the end of the connection
     */
    public boolean isConnected() {
        return sender.isStreaming();
    }

    /** Breaks the connection, as a network may do at any time; it comes back by itself. */
    public void breakConnection() {
        links.order(sender::breakConnection);
    }

    /**
     * Closes this end as soon as the peer has everything in the log, which has ended; or when the peer could not be
     * reached for {@link TcpLinks#GIVE_UP}.
     */
    public void closeWhenDelivered() {
        log.removePump(sender);
        links.closeWhenDelivered(sender);
    }

    /** Closes this end; what is on its way is lost. */
    @Override
    public void close() {
        log.removePump(sender);
        links.close(sender);
    }
}
