package dev.maar.transport;

import dev.maar.transport.aeron.AeronNode;
import dev.maar.transport.aeron.LogReader;
import dev.maar.transport.tcp.TcpLinks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A client of a media driver that has gone. Its logs stay readable until those who read them have finished. Guarded by
 * the registry's lock.
 */
final class FormerNode {

    private final AeronNode node;
    private final Optional<TcpLinks> links;
    private final Runnable onClose;
    private final List<Transition> transitions = new ArrayList<>();
    private final List<LogReader> readers = new ArrayList<>();

    /** Calls {@code onClose} before the client is closed. */
    FormerNode(final AeronNode node, final Optional<TcpLinks> links, final Runnable onClose) {
        this.node = node;
        this.onClose = onClose;
        this.links = links;
    }

    void add(final Transition transition) {
        transitions.add(transition);
    }

    void add(final LogReader reader) {
        readers.add(reader);
    }

    /** Whether nobody needs it any more; then its publishers' logs have been let go. */
    boolean isDone() {
        transitions.removeIf(transition -> {
            final boolean over = transition.isOver();
            if (over) {
                transition.end();
            }
            return over;
        });
        readers.removeIf(LogReader::isClosed);
        return transitions.isEmpty() && readers.isEmpty();
    }

    /** Frees everything; nobody may be reading. */
    void close() {
        links.ifPresent(TcpLinks::close);
        onClose.run();
        node.close();
    }
}
