package dev.maar.agent.lease;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;

/** Remembers what was believed for as long as it is good, so that nothing is believed twice. Safe for several threads. */
public final class Replays {

    private final InstantSource clock;
    private final Queue<Believed> inOrder = new ArrayDeque<>();
    private final Set<String> signatures = new HashSet<>();

    /**
     * Remembers nothing yet.
     *
     * @param clock tells what has expired
     */
    public Replays(final InstantSource clock) {
        this.clock = clock;
    }

    private record Believed(String signature, long untilMillis) {}

    /**
     * Remembers a text.
     *
     * @param sealed a text whose signature is known to be good
     * @throws RefusedException when it was here before
     */
    public synchronized void once(final Sealed sealed) throws RefusedException {
        final long now = clock.millis();
        // The head may be good for longer than those behind it, by as much as clocks differ: they are forgotten a
        // little later.
        for (Believed first = inOrder.peek(); first != null && first.untilMillis() < now; first = inOrder.peek()) {
            inOrder.remove();
            signatures.remove(first.signature());
        }
        if (!signatures.add(sealed.signature())) {
            throw new RefusedException(RefusedException.Reason.REPLAYED, "sent a second time");
        }
        inOrder.add(new Believed(sealed.signature(), sealed.expiresAtMillis()));
    }

    /** How many are remembered. */
    synchronized int size() {
        return signatures.size();
    }
}
