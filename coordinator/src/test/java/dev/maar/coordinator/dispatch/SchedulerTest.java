package dev.maar.coordinator.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maar.agent.job.AgentFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SchedulerTest {

    private static final Needs ANY = new Needs(false, Set.of());

    private final Scheduler scheduler = new Scheduler();
    private long now;

    private static AgentFacts agent(final String id, final String sandbox, final String... jdks) {
        return new AgentFacts(id, "host", "a CPU", 2, 1L << 30, "Linux", "6", List.of(jdks), sandbox);
    }

    private static AgentFacts agent(final String id) {
        return agent(id, "none", "Debian 17.0.15+6-Debian");
    }

    private void stages(final String experiment, final String job, final double millis) {
        scheduler.add(new Task(job, experiment, ANY, millis, false, Set.of()), false, now);
    }

    private void pair(final String experiment, final String job, final String... screenedBy) {
        scheduler.add(new Task(job, experiment, ANY, 10, true, Set.of(screenedBy)), false, now);
    }

    private Optional<String> next(final AgentFacts agent, final AgentFacts... others) {
        return scheduler
                .next(
                        agent,
                        task -> List.of(others).stream()
                                .anyMatch(other -> !task.screenedBy().contains(other.id())),
                        now)
                .map(Task::job);
    }

    private List<String> all(final AgentFacts agent) {
        final List<String> jobs = new ArrayList<>();
        for (Optional<String> job = next(agent); job.isPresent(); job = next(agent)) {
            jobs.add(job.get());
        }
        return jobs;
    }

    @Test
    void theLongestGoesFirstAndWhatIsNotKnownMayBeLong() {
        scheduler.begin("e", Terms.ORDINARY);
        stages("e", "short", 10);
        stages("e", "long", 1000);
        stages("e", "unknown", Task.UNKNOWN);
        stages("e", "middle", 100);
        assertThat(all(agent("a"))).containsExactly("unknown", "long", "middle", "short");
        assertThat(scheduler.isEmpty()).isTrue();
    }

    @Test
    void pairsKeepTheirOrder() {
        scheduler.begin("e", Terms.ORDINARY);
        pair("e", "third cell");
        pair("e", "first cell");
        pair("e", "second cell");
        assertThat(all(agent("a"))).containsExactly("third cell", "first cell", "second cell");
    }

    @Test
    void whatWasTakenBackGoesFirst() {
        scheduler.begin("e", Terms.ORDINARY);
        stages("e", "long", 1000);
        scheduler.add(new Task("back", "e", ANY, 1, false, Set.of()), true, now);
        assertThat(all(agent("a"))).containsExactly("back", "long");
    }

    @Test
    void somebodyWhoWaitsOvertakesASweepJobByJob() {
        scheduler.begin("sweep", Terms.ORDINARY);
        stages("sweep", "sweep 1", 1000);
        stages("sweep", "sweep 2", 900);
        assertThat(next(agent("a"))).contains("sweep 1");
        scheduler.begin("pull request", Terms.URGENT);
        stages("pull request", "pull request 1", 10);
        stages("pull request", "pull request 2", 5);
        assertThat(all(agent("a"))).containsExactly("pull request 1", "pull request 2", "sweep 2");
    }

    @Test
    void equalsShareTheTimeAndWhoComesLateIsOwedNothing() {
        scheduler.begin("one", Terms.ORDINARY);
        for (int i = 0; i < 6; i++) {
            pair("one", "one " + i);
        }
        assertThat(next(agent("a"))).contains("one 0");
        assertThat(next(agent("a"))).contains("one 1");
        scheduler.begin("two", Terms.ORDINARY);
        for (int i = 0; i < 4; i++) {
            pair("two", "two " + i);
        }
        assertThat(all(agent("a")))
                .containsExactly("one 2", "two 0", "one 3", "two 1", "one 4", "two 2", "one 5", "two 3");
    }

    @Test
    void whatIsNotKnownCountsLikeAnyJobWhenTheTimeIsShared() {
        scheduler.begin("known", Terms.ORDINARY);
        scheduler.begin("new", Terms.ORDINARY);
        for (int i = 0; i < 3; i++) {
            stages("known", "known " + i, 60_000);
            stages("new", "new " + i, Task.UNKNOWN);
        }
        assertThat(all(agent("a"))).containsExactly("known 0", "new 0", "known 1", "new 1", "known 2", "new 2");
    }

    @Test
    void aConfirmationGoesToAnotherAgentThanItsScreenIfThereIsOneAndInTheEndToAnybody() {
        scheduler.begin("e", Terms.ORDINARY);
        pair("e", "confirm", "a");
        pair("e", "screen of another");
        final AgentFacts a = agent("a");
        final AgentFacts b = agent("b");
        assertThat(next(a, a, b)).contains("screen of another");
        assertThat(next(a, a, b)).isEmpty();
        assertThat(next(b, a, b)).contains("confirm");

        pair("e", "alone", "a");
        assertThat(next(a, a)).contains("alone");

        pair("e", "waits", "a");
        assertThat(next(a, a, b)).isEmpty();
        now += TimeUnit.MINUTES.toNanos(1);
        assertThat(next(a, a, b)).contains("waits");
    }

    @Test
    void aJobGoesToAMachineThatHasWhatItNeeds() {
        scheduler.begin("e", Terms.ORDINARY);
        scheduler.add(new Task("j25", "e", new Needs(false, Set.of("25")), 10, false, Set.of()), false, now);
        scheduler.add(new Task("confined", "e", new Needs(true, Set.of()), 5, false, Set.of()), false, now);
        assertThat(next(agent("old", "none", "Debian 17.0.15+6-Debian", "2.5"))).isEmpty();
        assertThat(next(agent("boxed", "bwrap", "Debian 17.0.15+6-Debian"))).contains("confined");
        assertThat(next(agent("new", "none", "Debian 17.0.15+6-Debian", "25.0.1")))
                .contains("j25");
    }

    @Test
    void ofAnExperimentThatHasEndedNothingIsLeft() {
        scheduler.begin("e", Terms.ORDINARY);
        stages("e", "one", 10);
        scheduler.end("e");
        assertThat(scheduler.isEmpty()).isTrue();
        stages("e", "late", 10);
        assertThat(next(agent("a"))).isEmpty();
    }

    @Test
    void whatIsDoneMeanwhileIsNotHandedOut() {
        scheduler.begin("e", Terms.ORDINARY);
        stages("e", "one", 10);
        scheduler.remove("one");
        scheduler.remove("one");
        assertThat(next(agent("a"))).isEmpty();
    }
}
