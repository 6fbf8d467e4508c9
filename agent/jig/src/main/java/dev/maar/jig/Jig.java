package dev.maar.jig;

import java.util.Map;

/**
 * The hot path of one adopter, cut out of its app: a jig imports the app's own classes and runs only the part that
 * matters. An implementation is a public class with a public no-argument constructor; the harness makes one instance
 * per fork, for one case, and calls it from one thread.
 *
 * <p>The same {@link #check() checksum} is owed for the same case, seed and number of operations, whatever the side.
 */
public interface Jig extends AutoCloseable {

    /**
     * Builds everything the timed loop needs, payloads included. Called once, before anything else.
     *
     * @param setting the case to measure, and the seed for everything random
     * @throws Exception to refuse the case; the cell is then {@code broken} or {@code error}
     */
    void setUp(Case setting) throws Exception;

    /**
     * The timed loop: exactly that many operations, all delivered when it returns. A loop that waits for messages must
     * stop waiting when nothing arrives for about a second and return, so that a lost message shows up in
     * {@link #check()} as a mismatch and not as a hang ({@link Stall} does that).
     *
     * @param operations how many operations to run, at least 1
     * @throws Exception when the operations can not be run
     */
    void run(long operations) throws Exception;

    /**
     * What the operations since {@link #setUp} produced.
     *
     * @return delivered count and checksum over all operations so far
     * @throws Exception when that can not be said
     */
    Check check() throws Exception;

    /**
     * What really carried the messages, for example {@code "transport" -> "shm"}. Asked after {@link #setUp}, when nothing
     * need be known yet, and after operations: the last answer counts. A case with a setting {@code transport} is owed a
     * fact {@code transport} that equals it.
     *
     * @return facts as the jig counted them; empty when it has nothing to attest
     */
    default Map<String, String> attest() {
        return Map.of();
    }

    /**
     * Latencies of single operations, where the jig records them ({@link LatencyRecorder}); not every operation need be timed. Asked after
     * each {@link #run}, outside the timed part, and by the same thread. Reading the clock takes time itself: where an operation takes
     * less than some microseconds, a jig times one in a fixed number, the same on both sides.
     *
     * @return the latencies recorded since the last call, or {@link Latencies#NONE}
     */
    default Latencies latencies() {
        return Latencies.NONE;
    }

    @Override
    void close() throws Exception;
}
