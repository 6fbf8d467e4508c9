package dev.maar.adopters.latency;

import java.util.List;
import java.util.Random;

/** Records a simulated service for ten intervals of a second, and prints its log. */
public final class Main {

    private Main() {}

    /** Runs it. */
    public static void main(final String[] arguments) {
        final List<Endpoint> endpoints = List.of(new Endpoint("search", 3, 0), new Endpoint("checkout", 3, 10_000));
        final Random random = new Random(1);
        final LatencyLog log = new LatencyLog(endpoints, System.out, 0);
        for (int second = 1; second <= 10; second++) {
            for (int i = 0; i < 1000; i++) {
                endpoints.get(i % 2).record((long) (500 * Math.exp(random.nextGaussian())));
            }
            log.flip(second * 1000L);
        }
    }
}
