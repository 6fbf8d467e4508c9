package dev.maar.transport;

import dev.maar.transport.mesh.Message;
import dev.maar.transport.mesh.Peer;

/**
 * A subscriber of another runtime that has joined a log of this one.
 *
 * @param peer whose subscriber it is
 * @param isLeaky whether it never holds the publisher back
 * @param answer what it said when it joined
 */
record Guest(Peer peer, boolean isLeaky, Message.Accepted answer) {

    /** The counter of its position, when it shares this runtime's media driver. */
    int positionId() {
        return answer.positionId();
    }
}
