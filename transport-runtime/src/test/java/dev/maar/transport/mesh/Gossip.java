package dev.maar.transport.mesh;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what a mesh tells. */
final class Gossip implements MeshListener {

    final List<Peer> present = new CopyOnWriteArrayList<>();
    final List<Message> heard = new CopyOnWriteArrayList<>();
    final List<Boolean> lost = new CopyOnWriteArrayList<>();

    @Override
    public void onFound(final Peer peer) {
        present.add(peer);
    }

    @Override
    public void onLost(final Peer peer, final boolean orderly) {
        present.remove(peer);
        lost.add(orderly);
    }

    @Override
    public void onMessage(final Peer peer, final Message message) {
        heard.add(message);
    }

    @Override
    public void onConsumed(final Peer peer, final long route, final long position) {
        heard.add(new Message.Consumed(route, position));
    }
}
