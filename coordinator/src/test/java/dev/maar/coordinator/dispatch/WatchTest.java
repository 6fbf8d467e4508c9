package dev.maar.coordinator.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maar.agent.lease.Leased;
import dev.maar.agent.lease.Sealed;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class WatchTest {

    private static final long LEASE = 100;

    private final Watch watch = new Watch(Duration.ofNanos(LEASE));

    @Test
    void aLeaseWhoseRenewalsRiseIsNeverOverdue() {
        watch.add("job", "x", 1, 0);
        for (int time = 1; time < 50; time++) {
            assertThat(watch.overdue(Map.of("job", leased(1, time)), time * (LEASE - 1)))
                    .isEmpty();
        }
    }

    @Test
    void aLeaseWhoseRenewalsStandStillIsOverdueAfterItsTime() {
        watch.add("job", "x", 1, 0);
        assertThat(watch.overdue(Map.of("job", leased(1, 5)), 10)).isEmpty();
        assertThat(watch.overdue(Map.of("job", leased(1, 5)), 10 + LEASE)).isEmpty();
        assertThat(watch.overdue(Map.of("job", leased(1, 5)), 11 + LEASE)).containsExactly(Map.entry("job", 1L));
    }

    @Test
    void renewalsUnderAnOlderTokenDoNotCount() {
        watch.add("job", "y", 2, 0);
        assertThat(watch.overdue(Map.of("job", leased(1, 5)), LEASE + 1)).containsExactly(Map.entry("job", 2L));
    }

    @Test
    void aLeaseThatTheClusterHasForgottenIsOverdueAfterItsTime() {
        watch.add("job", "x", 1, 0);
        assertThat(watch.overdue(Map.of(), LEASE)).isEmpty();
        assertThat(watch.overdue(Map.of(), LEASE + 1)).containsExactly(Map.entry("job", 1L));
        watch.remove("job");
        assertThat(watch.overdue(Map.of(), LEASE + 2)).isEmpty();
        assertThat(watch.holds("x")).isFalse();
    }

    private static Leased leased(final long token, final long renewals) {
        return new Leased(Leased.CLAIMED, "x", token, renewals, new Sealed("job", "", "k", 0, "", "", ""));
    }
}
