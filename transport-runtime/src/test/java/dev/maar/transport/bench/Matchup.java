package dev.maar.transport.bench;

import java.util.List;
import java.util.OptionalDouble;

/**
 * One of ours against a raw rival.
 *
 * @param ours this runtime's transport
 * @param rival what it is held against
 * @param aim the largest ratio of round-trip times that is aimed at; empty when the rival is there for orientation
 */
record Matchup(Candidate ours, Candidate rival, OptionalDouble aim) {

    static final List<Matchup> ALL = List.of(
            // Aims at a difference: Results.Comparison knows it.
            new Matchup(Candidate.LOCAL_ONE_THREAD, Candidate.DIRECT_CALL, OptionalDouble.empty()),
            new Matchup(Candidate.LOCAL, Candidate.JCTOOLS_SPSC, OptionalDouble.of(1.2)),
            new Matchup(Candidate.LOCAL, Candidate.JEROMQ_INPROC, OptionalDouble.empty()),
            new Matchup(Candidate.SHM, Candidate.AERON_IPC, OptionalDouble.of(1.1)),
            new Matchup(Candidate.UDP, Candidate.AERON_UDP, OptionalDouble.of(1.1)),
            new Matchup(Candidate.UDP, Candidate.AERON_UDP_INVOKER, OptionalDouble.empty()),
            new Matchup(Candidate.TCP, Candidate.NIO_TCP, OptionalDouble.of(1.1)),
            new Matchup(Candidate.TCP, Candidate.JEROMQ_TCP, OptionalDouble.empty()));

    private static final int LARGE = 64 << 10;
    private static final double TCP_LARGE = 1 / 0.9;
    private static final double TCP_HUGE = 1 / 0.8;

    /** The largest ratio that is aimed at; throughput is only aimed at where large messages go through TCP. */
    OptionalDouble aim(final Cell cell) {
        if (cell.pattern() == Pattern.ROUND_TRIP) {
            return aim;
        }
        if (rival == Candidate.NIO_TCP && cell.size() >= LARGE) {
            return OptionalDouble.of(cell.size() == LARGE ? TCP_LARGE : TCP_HUGE);
        }
        return OptionalDouble.empty();
    }
}
