package dev.maar.transport.mesh;

/** What can carry messages between runtimes. The order is part of the protocol. */
public enum Carrier {
    /** A log of the media driver that both share. */
    SHM,
    /** Datagrams between two media drivers. */
    UDP,
    /** A log copied through a TCP connection. */
    TCP
}
