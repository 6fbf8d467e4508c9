package dev.maar.coordinator.cli;

import dev.maar.agent.job.JobResult;
import dev.maar.agent.job.JobSpec;
import dev.maar.agent.job.SideName;
import dev.maar.agent.quicktest.QuickTests;
import dev.maar.agent.run.ResidentRunner;
import dev.maar.coordinator.dispatch.DirectBoard;
import dev.maar.coordinator.inner.LoopEvent;
import dev.maar.coordinator.inner.LoopProgress;
import dev.maar.coordinator.inner.Telling;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Runs the adopter's tests on side b in the pauses between pairs, one class in each and the fastest first, so that they do not disturb what is
 * measured. A test that fails is run again there, and on side a: it counts when it fails on side b each time, and on side a not at all. For one
 * experiment and one thread.
 */
final class TestsBeside implements DirectBoard.Between, AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    /** All pauses together; what is left then is left out. */
    private static final long MOST_NANOS = 20_000_000_000L;

    private static final int TRIES = 2;

    private final ResidentRunner runner;
    private final Telling telling;
    /** How long each class took the last time, in nanoseconds; kept from edit to edit. */
    private final Map<String, Long> times;

    private final Deque<String> waiting = new ArrayDeque<>();
    private final TreeSet<String> newlyFailing = new TreeSet<>();
    private final TreeSet<String> stillFailing = new TreeSet<>();
    private Optional<JobSpec.Stages> job = Optional.empty();
    private Optional<QuickTests> sideB = Optional.empty();
    private Optional<QuickTests> sideA = Optional.empty();
    private int passed;
    private int pairs;
    private long spentNanos;
    private boolean told;

    TestsBeside(final ResidentRunner runner, final Telling telling, final Map<String, Long> times) {
        this.runner = runner;
        this.telling = telling;
        this.times = times;
    }

    /** Takes the job by which the adopter was built. */
    void of(final JobSpec.Stages built) {
        job = Optional.of(built);
    }

    @Override
    public void after(final JobResult result) throws InterruptedException {
        if (!(result instanceof JobResult.Paired) || told || job.isEmpty()) {
            return;
        }
        pairs++;
        if (pairs <= LoopProgress.FIRST_PAIRS) {
            // The first line about the first case is not kept waiting.
            return;
        }
        next();
    }

    /** Runs all that is left. */
    void finish() throws InterruptedException {
        while (!told && job.isPresent()) {
            next();
        }
    }

    private void next() throws InterruptedException {
        try {
            if (sideB.isEmpty() && waiting.isEmpty()) {
                begin();
            }
            final String testClass = waiting.poll();
            if (testClass == null || spentNanos > MOST_NANOS) {
                tell(testClass == null ? "" : waiting.size() + 1 + " test classes were left out");
                return;
            }
            run(testClass);
            if (waiting.isEmpty()) {
                tell("");
            }
        } catch (final IOException e) {
            tell("tests can not be run: " + e.getMessage());
        }
    }

    private void begin() throws IOException {
        final List<String> classes = new ArrayList<>(runner.testClasses(job.orElseThrow()));
        classes.sort(Comparator.comparing(name -> times.getOrDefault(name, 0L)));
        sideB = classes.isEmpty() ? Optional.empty() : runner.tests(job.orElseThrow(), SideName.B);
        if (sideB.isPresent()) {
            waiting.addAll(classes);
        }
    }

    private void run(final String testClass) throws IOException, InterruptedException {
        final long start = System.nanoTime();
        final QuickTests.Result first = onB(testClass);
        times.put(testClass, System.nanoTime() - start);
        passed += first.passed();
        final TreeSet<String> failing = new TreeSet<>(first.failed().keySet());
        for (int again = 0; again < TRIES && !failing.isEmpty(); again++) {
            failing.retainAll(onB(testClass).failed().keySet());
            final QuickTests.Result base = onA(testClass);
            stillFailing.addAll(
                    failing.stream().filter(base.failed()::containsKey).toList());
            failing.removeAll(base.failed().keySet());
        }
        if (!failing.isEmpty()) {
            newlyFailing.addAll(failing);
            telling.tell(new LoopEvent.Tested(
                    passed, List.copyOf(failing), List.of(), words(first.failed(), failing.first())));
        }
        spentNanos += System.nanoTime() - start;
    }

    private static String words(final Map<String, String> failed, final String test) {
        return Optional.ofNullable(failed.get(test)).orElse("");
    }

    private QuickTests.Result onB(final String testClass) throws IOException, InterruptedException {
        final QuickTests tests = sideB.isPresent()
                ? sideB.get()
                : runner.tests(job.orElseThrow(), SideName.B).orElseThrow();
        final QuickTests.Result result = tests.run(testClass, LIMIT);
        sideB = result.ended() ? Optional.empty() : Optional.of(tests);
        return result;
    }

    private QuickTests.Result onA(final String testClass) throws IOException, InterruptedException {
        final QuickTests tests = sideA.isPresent()
                ? sideA.get()
                : runner.tests(job.orElseThrow(), SideName.A).orElseThrow();
        final QuickTests.Result result = tests.run(testClass, LIMIT);
        sideA = result.ended() ? Optional.empty() : Optional.of(tests);
        return result;
    }

    private void tell(final String words) {
        told = true;
        final boolean none = passed == 0 && newlyFailing.isEmpty() && stillFailing.isEmpty();
        if (!none || !words.isEmpty()) {
            telling.tell(new LoopEvent.Tested(passed, List.copyOf(newlyFailing), List.copyOf(stillFailing), words));
        }
        close();
    }

    /** Whether a test fails on side b alone. */
    boolean broken() {
        return !newlyFailing.isEmpty();
    }

    @Override
    public void close() {
        sideA.ifPresent(QuickTests::close);
        sideB.ifPresent(QuickTests::close);
        sideA = Optional.empty();
        sideB = Optional.empty();
    }
}
