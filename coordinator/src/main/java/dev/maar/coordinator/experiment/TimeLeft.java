package dev.maar.coordinator.experiment;

import dev.maar.coordinator.history.Costs;
import dev.maar.coordinator.plan.Plan;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * How long building and testing will still take: what the adopters that are left were seen to cost, times what those that are done took
 * against what they were seen to cost. So it knows of caches and of many agents without being told. For one thread.
 */
final class TimeLeft {

    private final Map<String, Long> expected;
    private final LongSupplier nanos;
    private final long begun;
    private long doneMillis;
    private long leftMillis;

    private TimeLeft(final Map<String, Long> expected, final LongSupplier nanos) {
        this.expected = expected;
        this.nanos = nanos;
        this.begun = nanos.getAsLong();
        this.leftMillis = expected.values().stream().mapToLong(Long::longValue).sum();
    }

    /** From now on; an adopter whose cost is not known is taken for one of average cost. */
    static TimeLeft of(final List<Plan.PlannedAdopter> adopters, final Costs costs, final LongSupplier nanos) {
        final Map<String, OptionalLong> known = new HashMap<>();
        adopters.forEach(adopter -> known.put(name(adopter), costs.stagesMillis(name(adopter))));
        final long average = (long) known.values().stream()
                .flatMapToLong(OptionalLong::stream)
                .average()
                .orElse(1);
        final Map<String, Long> expected = new HashMap<>();
        known.forEach((name, millis) -> expected.put(name, Math.max(1, millis.orElse(average))));
        return new TimeLeft(expected, nanos);
    }

    /** One of them is built and tested. */
    void done(final Plan.PlannedAdopter adopter) {
        final long millis = expected.getOrDefault(name(adopter), 0L);
        doneMillis += millis;
        leftMillis -= millis;
    }

    /** The time that the others will take; nothing before the first is done. */
    Optional<Duration> estimate() {
        return doneMillis == 0
                ? Optional.empty()
                : Optional.of(
                        Duration.ofNanos((long) ((nanos.getAsLong() - begun) * ((double) leftMillis / doneMillis))));
    }

    private static String name(final Plan.PlannedAdopter adopter) {
        return adopter.recipe().name();
    }
}
