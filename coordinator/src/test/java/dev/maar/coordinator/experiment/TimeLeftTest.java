package dev.maar.coordinator.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maar.agent.measure.Budget;
import dev.maar.coordinator.history.Costs;
import dev.maar.coordinator.history.Costs.Cost;
import dev.maar.coordinator.plan.Plan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TimeLeftTest {

    private final AtomicLong nanos = new AtomicLong(1_000);
    private final List<Plan.PlannedAdopter> adopters =
            Plans.of(Budget.QUICK, 1, "short", "long", "unseen").adopters();

    @Test
    void whatIsLeftTakesAsMuchOfItsUsualTimeAsWhatIsDone() {
        final TimeLeft left = TimeLeft.of(
                adopters,
                new Costs(new TreeMap<>(Map.of("short", new Cost(1_000, 0), "long", new Cost(9_000, 0)))),
                nanos::get);

        assertThat(left.estimate()).isEmpty();
        passed(4_500);
        left.done(adopters.get(1));

        // Done in half its usual time, as there are two agents: so the short one and the unseen one, taken for average,
        // are too.
        assertThat(left.estimate()).contains(Duration.ofMillis((1_000 + 5_000) / 2));
        passed(500);
        left.done(adopters.get(0));
        assertThat(left.estimate()).contains(Duration.ofMillis(2_500));
        passed(2_500);
        left.done(adopters.get(2));
        assertThat(left.estimate()).contains(Duration.ZERO);
    }

    @Test
    void whereNothingWasEverSeenAllCountTheSame() {
        final TimeLeft left = TimeLeft.of(adopters, new Costs(new TreeMap<>()), nanos::get);

        passed(3_000);
        left.done(adopters.get(0));

        assertThat(left.estimate()).contains(Duration.ofMillis(6_000));
    }

    private void passed(final long millis) {
        nanos.addAndGet(Duration.ofMillis(millis).toNanos());
    }
}
