package dev.maar.transport.mesh;

import java.net.InetAddress;
import java.util.Optional;
import java.util.UUID;

/** Another runtime that this one is connected to. Thread-safe. Equal by identity: one that comes back is another one. */
public interface Peer {

    /**
     * The other runtime.
     *
     * @return its id, which no other runtime has
     */
    UUID id();

    /**
     * Whether it shares the media driver's directory with this runtime.
     *
     * @return true when it is on this host and uses the same directory
     */
    boolean isSameHost();

    /**
     * Under which address this runtime sees it.
     *
     * @return the address; empty when it is on this host
     */
    Optional<InetAddress> address();

    /**
     * Under which of its own addresses this runtime is seen by it.
     *
     * @return the address; empty when it is on this host
     */
    Optional<InetAddress> ownAddress();

    /**
     * Tells it something. Does not wait; does nothing when the connection has ended.
     *
     * @param message what; messages arrive in the order in which they are sent
     */
    void send(Message message);

    /**
     * What tells it how far the subscriber of a route has finished: as {@link Message.Consumed}, the newest position only,
     * without allocating.
     *
     * @param route as it was offered by the peer
     * @return takes positions
     */
    Progress progress(long route);
}
