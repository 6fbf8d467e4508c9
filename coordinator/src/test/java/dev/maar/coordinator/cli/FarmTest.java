package dev.maar.coordinator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.maar.agent.job.JobResult;
import dev.maar.agent.job.Verdict;
import dev.maar.coordinator.store.Lease;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A farm of three processes, a coordinator and two agents on loopback, that does real builds and real measurements, and is hurt. */
final class FarmTest {

    @TempDir
    private Path folder;

    private ProcessFarm farm;

    @BeforeEach
    void open() throws IOException, InterruptedException {
        farm = new ProcessFarm(folder);
    }

    /** A second adopter, which is done at once, and whose build fails on side b. */
    private void usesGone() throws IOException {
        farm.world().source("uses-gone", MiniCrater.usesWhatIsGone("uses-gone"));
    }

    @AfterEach
    void close() throws InterruptedException {
        farm.close();
    }

    @Test
    void whatAKilledAgentHadIsHandedOutAgainAndCountsOnce() throws Exception {
        usesGone();
        farm.held("held");
        farm.coordinator("first", "--stages", "build");
        farm.agent("one");
        farm.agent("two");
        farm.awaitBegun("held");
        final Lease held = farm.lease("held").orElseThrow();
        farm.kill(held.owner());
        farm.awaitHandedOutAgain(held);
        farm.letGo("held");

        farm.assertEnded("first", ExitCode.REGRESSED);
        assertThat(farm.results())
                .extracting(JobResult::job)
                .doesNotHaveDuplicates()
                .hasSize(2);
        assertThat(farm.agentOf(held)).isEqualTo(held.owner().equals("one") ? "two" : "one");
        assertThat(farm.verdicts())
                .containsEntry("uses-gone", Verdict.REGRESSED)
                .containsEntry("held", Verdict.UNCHANGED);
    }

    @Test
    void anAgentThatCanDoNoJobSaysSoAndDoesNotJoin() throws Exception {
        farm.world().environment("PATH", farm.world().path("manifests").toString());
        farm.agentElsewhere("poor");
        farm.assertEnded("poor", ExitCode.NO_VERDICT);
        assertThat(farm.said("poor"))
                .contains("this machine can do no job of a farm: git: not found on PATH; install git")
                .contains("mvn: not found on PATH");
    }

    @Test
    void anAgentNeedsNothingOfTheCoordinatorsDisk() throws Exception {
        usesGone();
        farm.world().adopter("fine", "", "", "");
        farm.coordinator("first", "--stages", "build,measure");
        farm.loseCheckout();
        farm.agentElsewhere("one");

        farm.assertEnded("first", ExitCode.REGRESSED);
        assertThat(farm.verdicts()).containsEntry("uses-gone", Verdict.REGRESSED);
        assertThat(farm.verdicts().get("fine")).isIn(Verdict.UNCHANGED, Verdict.INCONCLUSIVE);
        assertThat(farm.said("one")).containsOnlyOnce("fetching the sources of tiny");
        assertThat(farm.world().path(".maar/experiments")).isEmptyDirectory();
    }

    @Test
    void anAgentThatIsToEndFinishesWhatItHasOrGivesItBack() throws Exception {
        usesGone();
        farm.held("held");
        farm.held("other");
        farm.coordinator("first", "--stages", "build");
        farm.agent("one", "--drain", "240");
        farm.agent("two", "--drain", "240");
        farm.awaitBegun("held");
        farm.awaitBegun("other");
        final Lease finished = farm.lease("held").orElseThrow();
        farm.signal("TERM", finished.owner());
        farm.awaitSaid(finished.owner(), "takes no more jobs");
        farm.letGo("held");
        farm.assertEnded(finished.owner(), ExitCode.INTERRUPTED);

        assertThat(farm.agentOf(finished)).isEqualTo(finished.owner());
        final Lease back = farm.lease("other").orElseThrow();
        farm.kill(back.owner());
        farm.agent("hasty", "--drain", "0");
        farm.awaitSaid("hasty", "doing " + back.job().id());
        farm.signal("TERM", "hasty");
        farm.assertEnded("hasty", ExitCode.INTERRUPTED);
        assertThat(farm.said("hasty")).contains("gives " + back.job().id() + " back");
        farm.agent("last");
        farm.letGo("other");

        farm.assertEnded("first", ExitCode.REGRESSED);
        assertThat(farm.results())
                .extracting(JobResult::job)
                .doesNotHaveDuplicates()
                .hasSize(3);
        assertThat(farm.agentOf(back)).isEqualTo("last");
    }

    @Test
    void aKilledCoordinatorGoesOnWhereItWasAndNothingDeliveredOrSpooledIsDoneAgain() throws Exception {
        usesGone();
        farm.held("held");
        // So long that nobody's job is given to another while its agent is away.
        final String lease = "600";
        farm.coordinator("first", "--stages", "build", "--lease", lease);
        farm.agent("one", "--lease", lease);
        farm.agent("two", "--lease", lease);
        farm.awaitBegun("held");
        await().atMost(ProcessFarm.PATIENCE).until(() -> farm.results().size() == 1);
        final Lease held = farm.lease("held").orElseThrow();
        farm.kill("first");
        farm.letGo("held");
        farm.awaitSpooled(held.owner());
        farm.kill(held.owner());
        final List<String> begun = farm.begunBy("one", "two");
        farm.coordinator("second", "--stages", "build", "--lease", lease);
        farm.agent(held.owner(), "--lease", lease);

        farm.assertEnded("second", ExitCode.REGRESSED);
        assertThat(farm.said("second")).contains("goes on with");
        assertThat(farm.results()).extracting(JobResult::job).containsExactlyInAnyOrderElementsOf(begun);
        assertThat(farm.agentOf(held)).isEqualTo(held.owner());
        assertThat(farm.begunBy(held.owner())).isEmpty();
    }

    /**
     * A pair whose agent stands still is given to a second, which is killed, and done by a third. The first one's result comes too late, and
     * then it does all the rest.
     */
    @Test
    void aPairIsMeasuredAgainWhenItsAgentStandsStillOrIsKilledAndEachCountsOnce() throws Exception {
        farm.measuresHeld("held");
        final String lease = "6";
        farm.coordinator("first", "--lease", lease);
        farm.agent("one", "--lease", lease);
        farm.awaitBegun("held");
        final Lease first = farm.lease("held").orElseThrow();
        farm.signal("STOP", "one");
        farm.agent("two", "--lease", lease);
        final Lease second = farm.awaitHandedOutAgain(first);
        farm.kill("two");
        farm.agent("three", "--lease", lease);
        farm.awaitHandedOutAgain(second);
        farm.letGo("held");
        await().atMost(ProcessFarm.PATIENCE)
                .until(() -> farm.results().stream()
                        .anyMatch(result -> result.job().equals(first.job().id())));
        farm.kill("three");
        farm.signal("CONT", "one");

        farm.assertEnded("first", ExitCode.REGRESSED);
        assertThat(farm.said("one"))
                .containsAnyOf(
                        "came too late: " + first.job().id(),
                        "stopped " + first.job().id());
        assertThat(farm.agentOf(first)).isEqualTo("three");
        assertThat(farm.results())
                .extracting(JobResult::job)
                .doesNotHaveDuplicates()
                .hasSizeGreaterThan(8);
        assertThat(farm.results()).extracting(JobResult::agent).contains("one").doesNotContain("two");
        assertThat(farm.verdicts()).containsEntry("held", Verdict.MISMATCH);
    }
}
