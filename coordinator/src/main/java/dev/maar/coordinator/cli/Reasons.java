package dev.maar.coordinator.cli;

import dev.maar.agent.fork.ForkFailedException;
import dev.maar.agent.job.Both;
import dev.maar.agent.job.Verdict;
import dev.maar.agent.profile.Profile;
import dev.maar.agent.profile.ProfileDifference;
import dev.maar.agent.run.ResidentRunner;
import dev.maar.agent.source.SourceException;
import dev.maar.coordinator.experiment.PairJobs;
import dev.maar.coordinator.inner.FlameGraph;
import dev.maar.coordinator.inner.LoopEvent;
import dev.maar.coordinator.inner.Telling;
import dev.maar.coordinator.plan.Plan;
import dev.maar.coordinator.report.AdopterReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Says why cells changed, as far as profiles of both sides show; taken after the verdict, in forks of their own. For one thread. */
final class Reasons {

    /** Where the lines, and the flame graphs, are in a run's folder. */
    static final String FOLDER = "profiles";

    private static final double WORTH_A_LOOK = 0.05;
    private static final int MOST_CELLS = 2;
    private static final Duration WATCHED = Duration.ofSeconds(3);

    private final ResidentRunner runner;
    private final Telling telling;
    private final boolean drawn;

    /**
     * For the farm's runner.
     *
     * @param drawn whether flame graphs are wanted, of whatever was measured
     */
    Reasons(final ResidentRunner runner, final Telling telling, final boolean drawn) {
        this.runner = runner;
        this.telling = telling;
        this.drawn = drawn;
    }

    /** Looks for the reasons of an experiment's changes. */
    void find(final JigFarm.Done done) throws IOException, InterruptedException {
        int left = MOST_CELLS;
        for (final Plan.PlannedAdopter adopter : done.plan().adopters()) {
            for (final Plan.PlannedCell cell : adopter.cells()) {
                if (left > 0 && isWorthIt(adopter, cell, done)) {
                    left--;
                    find(done, adopter, cell);
                }
            }
        }
    }

    private boolean isWorthIt(final Plan.PlannedAdopter adopter, final Plan.PlannedCell cell, final JigFarm.Done done) {
        final Optional<AdopterReport.Cell> row = done.merged().report().adopters().stream()
                .filter(one -> one.name().equals(adopter.recipe().name()))
                .flatMap(one -> one.cells().stream())
                .filter(one -> one.ofPrimaryMetric()
                        && one.jig().equals(cell.key().jig())
                        && one.setting().equals(cell.key().setting()))
                .findFirst();
        final boolean changed = row.filter(
                        one -> one.verdict() == Verdict.REGRESSED || one.verdict() == Verdict.IMPROVED)
                .filter(one -> Math.abs(one.ratio() - 1) >= WORTH_A_LOOK)
                .isPresent();
        return changed || drawn && row.filter(one -> !Double.isNaN(one.ratio())).isPresent();
    }

    private void find(final JigFarm.Done done, final Plan.PlannedAdopter adopter, final Plan.PlannedCell cell)
            throws IOException, InterruptedException {
        final Both<Profile> profiles;
        try {
            profiles = runner.profile(
                    PairJobs.of(
                            done.plan(),
                            adopter,
                            cell,
                            cell.screen().get(0),
                            done.plan().session(),
                            0),
                    WATCHED);
        } catch (final ForkFailedException | SourceException e) {
            telling.tell(new LoopEvent.Note("no profile of " + cell.key().id() + ": " + e.getMessage()));
            return;
        }
        final List<String> lines = ProfileDifference.lines(profiles);
        final Path folder = Files.createDirectories(done.folder().resolve(FOLDER));
        final String name = cell.key().id().replaceAll("[^A-Za-z0-9=,._-]", ".");
        Files.writeString(folder.resolve(name + ".txt"), cell.key().id() + "\n" + String.join("\n", lines) + "\n");
        Optional<String> file = Optional.empty();
        if (drawn) {
            final Path page = folder.resolve(name + ".html");
            Files.writeString(page, FlameGraph.html(cell.key().id() + ": what moved from a to b", lines, profiles));
            file = Optional.of(page.toString());
        }
        telling.tell(new LoopEvent.Profiled(cell.key().id(), lines, file));
    }
}
