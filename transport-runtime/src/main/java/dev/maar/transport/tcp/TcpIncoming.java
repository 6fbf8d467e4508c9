package dev.maar.transport.tcp;

import dev.maar.transport.aeron.LogCopies;
import dev.maar.transport.aeron.LogException;
import dev.maar.transport.aeron.LogReader;
import dev.maar.transport.aeron.LogWriter;
import io.aeron.ExclusivePublication;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A log that a peer sends, copied into a log of this node that readers join. Thread-safe. */
public final class TcpIncoming implements AutoCloseable {

    private final TcpLinks links;
    private final LogCopies logs;
    private final TcpReceiver receiver;

    TcpIncoming(final TcpLinks links, final LogCopies logs, final TcpReceiver receiver) {
        this.links = links;
        this.logs = logs;
        this.receiver = receiver;
    }

    /**
     * Whether the peer has come and the log is open; from then on readers can join.
     *
     * @return true once it is
     */
    public boolean isOpen() {
        return receiver.log() != null;
    }

    /**
     * Why the log could not be opened, when that was tried and failed. The peer keeps coming back, and it is tried again.
     *
     * @return the failure; empty when there was none
     */
    public Optional<LogException> refusal() {
        return Optional.ofNullable(receiver.refusal());
    }

    /**
     * Whether the peer is connected.
     *
     * @return true between the end of the greeting and the end of the connection
     */
    public boolean isConnected() {
        return receiver.isStreaming();
    }

    /**
     * Joins the log. Until the first reader has come nothing counts as finished.
     *
     * @param leaky whether it never holds the peer's writer back; otherwise it does from now on
     * @return the reader, to be closed by the caller
     * @throws LogException when the log is not open or the driver does not answer
     */
    public LogReader openReader(final boolean leaky) {
        final ExclusivePublication log = opened();
        return counted(logs.openReader(log, receiver.nextSequence(), receiver::help), leaky);
    }

    /** As the other, behind the last message that the original of this node has. */
    LogReader openReader(final LogWriter original, final boolean leaky) {
        return counted(logs.openReader(opened(), original, receiver::help), leaky);
    }

    private ExclusivePublication opened() {
        final @Nullable ExclusivePublication log = receiver.log();
        if (log == null) {
            throw new LogException(LogException.Kind.NETWORK, "nobody has come yet to bring this log");
        }
        return log;
    }

    private LogReader counted(final LogReader reader, final boolean leaky) {
        if (!leaky) {
            receiver.consumers().add(reader.positionId());
        }
        receiver.readerHasCome();
        return reader;
    }

    /**
     * The reader does not hold the peer's writer back any more.
     *
     * @param reader one of this link's
     */
    public void removeReader(final LogReader reader) {
        receiver.consumers().remove(reader.positionId());
    }

    /** Closes this end. Readers still get what has come. */
    @Override
    public void close() {
        links.close(receiver);
    }

    TcpReceiver receiver() {
        return receiver;
    }
}
