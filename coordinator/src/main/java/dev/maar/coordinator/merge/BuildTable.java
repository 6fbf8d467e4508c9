package dev.maar.coordinator.merge;

import dev.maar.agent.job.StageStatus;
import dev.maar.agent.job.Verdict;

/**
 * What is said of the stage build, for every pair of outcomes:
 *
 * <table>
 * <caption>side a down, side b across</caption>
 * <tr><th></th><th>pass</th><th>fail</th><th>infra</th><th>skipped</th></tr>
 * <tr><th>pass</th><td>unchanged</td><td>regressed</td><td>error</td><td>skipped</td></tr>
 * <tr><th>fail</th><td>fixed</td><td>still-failing</td><td>error</td><td>skipped</td></tr>
 * <tr><th>infra</th><td>error</td><td>error</td><td>error</td><td>error</td></tr>
 * <tr><th>skipped</th><td>skipped</td><td>skipped</td><td>error</td><td>skipped</td></tr>
 * </table>
 *
 * <p>An environment failure on either side hides what the other says: it is neither a regression nor green.
 */
final class BuildTable {

    private BuildTable() {}

    static Verdict verdict(final StageStatus a, final StageStatus b) {
        return switch (a) {
            case PASS -> afterPass(b);
            case FAIL -> afterFail(b);
            case INFRA -> Verdict.ERROR;
            case SKIPPED -> b == StageStatus.INFRA ? Verdict.ERROR : Verdict.SKIPPED;
        };
    }

    private static Verdict afterPass(final StageStatus b) {
        return switch (b) {
            case PASS -> Verdict.UNCHANGED;
            case FAIL -> Verdict.REGRESSED;
            case INFRA -> Verdict.ERROR;
            case SKIPPED -> Verdict.SKIPPED;
        };
    }

    private static Verdict afterFail(final StageStatus b) {
        return switch (b) {
            case PASS -> Verdict.FIXED;
            case FAIL -> Verdict.STILL_FAILING;
            case INFRA -> Verdict.ERROR;
            case SKIPPED -> Verdict.SKIPPED;
        };
    }
}
