package dev.maar.transport.bench;

import dev.maar.transport.Transport;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;

/** Everyone who runs: this runtime's transports and their rivals. */
enum Candidate {
    LOCAL(false, site -> new RuntimeContender(site, Transport.LOCAL)),
    SHM(true, site -> new RuntimeContender(site, Transport.SHM)),
    UDP(true, site -> new RuntimeContender(site, Transport.UDP)),
    TCP(true, site -> new RuntimeContender(site, Transport.TCP)),
    LOCAL_ONE_THREAD(false, site -> new OneThreadContender(true)),
    DIRECT_CALL(false, site -> new OneThreadContender(false)),
    JCTOOLS_SPSC(false, site -> new QueueContender()),
    AERON_IPC(true, site -> new AeronContender(site, AeronContender.Media.IPC)),
    AERON_UDP(true, site -> new AeronContender(site, AeronContender.Media.UDP)),
    AERON_UDP_INVOKER(true, site -> new AeronContender(site, AeronContender.Media.UDP_INVOKER)),
    NIO_TCP(true, NioContender::new),
    JEROMQ_INPROC(false, site -> new JeroContender(site, "inproc")),
    JEROMQ_TCP(true, site -> new JeroContender(site, "tcp"));

    private final boolean betweenProcesses;
    private final Function<Site, Contender> open;

    Candidate(final boolean betweenProcesses, final Function<Site, Contender> open) {
        this.betweenProcesses = betweenProcesses;
        this.open = open;
    }

    Contender open(final Site site) {
        return open.apply(site);
    }

    /** Whether it can do the pattern between that many processes. */
    boolean can(final Pattern pattern, final int processes) {
        return processes == 1 ? pattern == Pattern.ROUND_TRIP || !isOneThread() : betweenProcesses;
    }

    /** Whether sender and receiver are the same thread, so that there is no far end. */
    boolean isOneThread() {
        return this == LOCAL_ONE_THREAD || this == DIRECT_CALL;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Candidate of(final String label) {
        return Arrays.stream(values())
                .filter(candidate -> candidate.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no candidate is called " + label));
    }
}
