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
     * Another runtime has said something.
     *
     * @param peer the one that was found
     * @param message what it said; its fields are well-formed, but not to be trusted otherwise
     */
    void onMessage(Peer peer, Message message);
}
