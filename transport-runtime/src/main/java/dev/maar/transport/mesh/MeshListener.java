package dev.maar.transport.mesh;

/** What the mesh tells its runtime. Called on the mesh's one thread, which must not be kept waiting. */
public interface MeshListener {

    /**
     * Another runtime is there. It knows nothing of this one yet.
     *
     * @param peer the other runtime
     */
    void onFound(Peer peer);

    /**
     * Another runtime has gone, or the connection to it has.
     *
     * @param peer the one that was found
     * @param orderly whether it said goodbye; otherwise its process is most likely dead
     */
    void onLost(Peer peer, boolean orderly);

    /**
     * Another runtime has said something else than what {@link #onConsumed} is for.
     *
     * @param peer the one that was found
     * @param message what it said; its fields are well-formed, but not to be trusted otherwise
     */
    void onMessage(Peer peer, Message message);

    /**
     * A subscriber of another runtime has finished with something: {@link Message.Consumed}, as frequent as messages are.
     *
     * @param peer the one that was found
     * @param route the publisher's number for it
     * @param position in the publisher's log, in bytes; not to be trusted
     */
    void onConsumed(Peer peer, long route, long position);
}
