package dev.maar.agent.job;

import java.util.Map;

/**
 * How one side's tests ended.
 *
 * @param status pass when all passed, fail when one failed, infra when the run says nothing, skipped when not run
 * @param reason what happened; empty on success
 * @param tests each test's result by id, {@code class#method}
 * @param log the log file on this machine; empty when there is none
 * @param cached whether an earlier run of the same content was used
 * @param millis how long it took
 */
public record TestOutcome(
        StageStatus status, String reason, Map<String, TestResult> tests, String log, boolean cached, long millis) {

    /** Stands for the run as a whole where tests are listed: it failed, and no test of it did. */
    public static final String WHOLE_RUN = "(the run itself)";

    /** Copies the map, in the order of the test ids. */
    public TestOutcome {
        tests = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(tests));
    }

    /**
     * Tests that were not run.
     *
     * @param reason why not
     * @return the outcome
     */
    public static TestOutcome skipped(final String reason) {
        return new TestOutcome(StageStatus.SKIPPED, reason, Map.of(), "", false, 0);
    }

    /**
     * Whether the run failed without a test that did.
     *
     * @return true for a run that crashed, or whose tool failed
     */
    public boolean failedWithoutNaming() {
        return status == StageStatus.FAIL && count(TestResult.Status.FAILED) == 0;
    }

    /**
     * How many tests ended in a way.
     *
     * @param result the way
     * @return the count
     */
    public int count(final TestResult.Status result) {
        return (int)
                tests.values().stream().filter(test -> test.status() == result).count();
    }
}
