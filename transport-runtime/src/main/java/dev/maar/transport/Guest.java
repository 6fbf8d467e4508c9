package dev.maar.transport;

import dev.maar.transport.mesh.Message;
import dev.maar.transport.mesh.Peer;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * A subscriber of another runtime that has joined a log of this one.
 *
 * @param peer whose subscriber it is
 * @param isLeaky whether it never holds the publisher back
 * @param answer what it said when it joined
 */
record Guest(Peer peer, boolean isLeaky, Message.Accepted answer) {

    /**
     * Where it takes connections. Of another host only the port is believed.
     *
     * @throws TransportException when it said something else than an address
     */
    InetSocketAddress address() {
        final InetSocketAddress said = NetworkSettings.address("what " + peer + " says", answer.address());
        return new InetSocketAddress(peer.address().orElseGet(InetAddress::getLoopbackAddress), said.getPort());
    }

    /**
     * Where it takes datagrams, as host:port.
     *
     * @throws TransportException when it said something else than an address
     */
    String endpoint() {
        final InetSocketAddress at = address();
        final String host = at.getAddress().getHostAddress();
        return (at.getAddress() instanceof Inet6Address ? "[" + host + "]" : host) + ":" + at.getPort();
    }

    /** The counter of its position, when it shares this runtime's media driver. */
    int positionId() {
        return answer.positionId();
    }
}
