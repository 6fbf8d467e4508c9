package dev.maar.transport;

import java.util.Locale;

/** The ways a message can travel from a publisher to a subscriber. */
public enum Transport {
    /** The object itself is handed over inside one runtime; nothing is encoded. */
    LOCAL,
    /** Shared memory on one host, through Aeron IPC. */
    SHM,
    /** Aeron UDP between hosts. */
    UDP,
    /** Aeron log buffers at both ends, joined by a TCP connection. */
    TCP;

    private final String label = name().toLowerCase(Locale.ROOT);

    /**
     * The name used in settings, counters and reports.
     *
     * @return {@code local}, {@code shm}, {@code udp} or {@code tcp}
     */
    public String label() {
        return label;
    }
}
