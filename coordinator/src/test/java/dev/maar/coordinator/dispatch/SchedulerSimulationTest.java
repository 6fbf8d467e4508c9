package dev.maar.coordinator.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * How well the scheduler does on 500 agents, by the virtual clock. Prints a table: {@code mvn -pl coordinator -am test
 * -Dtest=SchedulerSimulationTest -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class SchedulerSimulationTest {

    private static final int AGENTS = 500;
    private static final int ADOPTERS = 100_000;
    private static final double MINUTE = 60_000;

    private static void print(final String what, final double value, final String unit) {
        System.out.printf(Locale.ROOT, "%-72s %10.3f %s%n", what, value, unit);
    }

    /** No order can be faster: the work divided among all, or the longest job. */
    private static double bound(final SchedulerSimulation.Outcome outcome, final double agents) {
        return Math.max(outcome.work() / agents, outcome.longest());
    }

    @Test
    void aSweepIsDoneInLittleMoreThanTheShortestTimePossible() {
        final SchedulerSimulation farm = new SchedulerSimulation(1, AGENTS);
        final SchedulerSimulation.Outcome sweep = farm.post(0, "sweep", Terms.ORDINARY, ADOPTERS);
        farm.run();
        final double ratio = sweep.makespan() / bound(sweep, AGENTS);
        print("sweep of 100,000 adopters on 500 agents: makespan / lower bound", ratio, "x");
        assertThat(sweep.isComplete()).isTrue();
        assertThat(ratio).isLessThan(1.02);
    }

    @Test
    void pullRequestsHardlyNoticeASweepAndItHardlyNoticesThem() {
        final SchedulerSimulation farm = new SchedulerSimulation(2, AGENTS);
        final SchedulerSimulation.Outcome sweep = farm.post(0, "sweep", Terms.ORDINARY, ADOPTERS);
        final List<SchedulerSimulation.Outcome> requests = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            requests.add(farm.post((10 + 5 * i) * MINUTE, "request-" + i, Terms.URGENT, 50));
        }
        farm.run();
        final double worstWait = requests.stream()
                .mapToDouble(SchedulerSimulation.Outcome::firstAfter)
                .max()
                .orElseThrow();
        final double worst = requests.stream()
                .mapToDouble(request -> request.makespan() / request.longest())
                .max()
                .orElseThrow();
        final double all = sweep.work()
                + requests.stream()
                        .mapToDouble(SchedulerSimulation.Outcome::work)
                        .sum();
        print("pull requests of 50 adopters beside it: longest wait for the first job", worstWait / 1_000, "s");
        print("the same: longest makespan / its longest job", worst, "x");
        print(
                "the sweep beside 40 of them: makespan / lower bound of all work",
                sweep.makespan() / (all / AGENTS),
                "x");
        assertThat(requests).allMatch(SchedulerSimulation.Outcome::isComplete);
        assertThat(sweep.isComplete()).isTrue();
        assertThat(worstWait).isLessThan(MINUTE / 6);
        assertThat(worst).isLessThan(1.5);
        assertThat(sweep.makespan()).isLessThan(1.02 * all / AGENTS);
    }

    @Test
    void twoSweepsOfTheSamePriorityShareTheFarm() {
        final SchedulerSimulation farm = new SchedulerSimulation(3, AGENTS);
        final SchedulerSimulation.Outcome first = farm.post(0, "first", Terms.ORDINARY, ADOPTERS / 2);
        final SchedulerSimulation.Outcome second = farm.post(MINUTE, "second", Terms.ORDINARY, ADOPTERS / 10);
        farm.run();
        final double alone = second.work() / AGENTS;
        print("a sweep that comes beside one five times as large: makespan / alone", second.makespan() / alone, "x");
        assertThat(first.isComplete() && second.isComplete()).isTrue();
        assertThat(second.makespan()).isLessThan(2.3 * alone);
    }

    @Test
    void losingATenthOfTheAgentsCostsLittleMoreThanTheirWork() {
        final SchedulerSimulation farm = new SchedulerSimulation(4, AGENTS);
        final SchedulerSimulation.Outcome sweep = farm.post(0, "sweep", Terms.ORDINARY, ADOPTERS);
        final double middle = 100 * MINUTE;
        farm.lose(middle, AGENTS / 10);
        farm.run();
        final double bound = middle + (sweep.work() - middle * AGENTS) / (0.9 * AGENTS);
        print("a tenth of the agents lost in the middle: makespan / lower bound", sweep.makespan() / bound, "x");
        assertThat(farm.lost()).isEqualTo(AGENTS / 10);
        assertThat(sweep.isComplete()).isTrue();
        assertThat(sweep.makespan()).isLessThan(1.03 * bound);
    }
}
