package dev.maar.coordinator.evidence;

import dev.maar.agent.measure.Budget;
import java.util.ArrayList;
import java.util.List;

/**
 * A kind of trial: what is put in, and around it.
 *
 * @param name what it is called in the data
 * @param budget how much time a cell may take
 * @param slowdown how much slower side b is made, as a share
 * @param loaded whether another process burns one core in bursts meanwhile
 * @param wanted how many cells of it are wanted
 * @param rivals in how many of these the same time is spent by other rules too, twice over
 */
record Scenario(String name, Budget budget, double slowdown, boolean loaded, int wanted, int rivals) {

    private static final List<Scenario> ALL = List.of(
            new Scenario("equal, quiet", Budget.QUICK, 0, false, 200, 40),
            new Scenario("equal, one core burnt in bursts", Budget.QUICK, 0, true, 200, 40),
            new Scenario("2 % slower", Budget.STANDARD, 0.02, false, 20, 10),
            new Scenario("5 % slower", Budget.STANDARD, 0.05, false, 20, 10),
            new Scenario("10 % slower", Budget.STANDARD, 0.10, false, 20, 10),
            new Scenario("10 % slower, quick", Budget.QUICK, 0.10, false, 20, 0),
            new Scenario("equal, standard", Budget.STANDARD, 0, false, 10, 0),
            new Scenario("equal, thorough", Budget.THOROUGH, 0, false, 5, 0));

    /** A trial: the so-manieth of a scenario. */
    record Trial(Scenario scenario, int number) {}

    /** All trials, mixed so that at any time about the same share of each scenario is done. */
    static List<Trial> trials() {
        final int most = ALL.stream().mapToInt(Scenario::wanted).max().orElse(0);
        final List<Trial> trials = new ArrayList<>();
        for (int step = 0; step < most; step++) {
            for (final Scenario scenario : ALL) {
                final int before = scenario.wanted * step / most;
                final int after = scenario.wanted * (step + 1) / most;
                for (int number = before; number < after; number++) {
                    trials.add(new Trial(scenario, number));
                }
            }
        }
        return trials;
    }

    static List<Scenario> all() {
        return ALL;
    }
}
