package dev.maar.coordinator.cli;

import dev.maar.agent.job.AgentFacts;
import dev.maar.agent.job.JobResult;
import dev.maar.agent.lease.ClusterSettings;
import dev.maar.agent.lease.RefusedException;
import dev.maar.agent.lease.Secret;
import dev.maar.agent.measure.Budget;
import dev.maar.agent.sandbox.NoSandbox;
import dev.maar.agent.sandbox.SandboxChoice;
import dev.maar.agent.source.FileMutex;
import dev.maar.agent.source.FileTrees;
import dev.maar.coordinator.dispatch.ClusterFarm;
import dev.maar.coordinator.dispatch.EmbeddedFarm;
import dev.maar.coordinator.dispatch.JobBoard;
import dev.maar.coordinator.dispatch.Terms;
import dev.maar.coordinator.experiment.Experiment;
import dev.maar.coordinator.experiment.PlanException;
import dev.maar.coordinator.experiment.Request;
import dev.maar.coordinator.experiment.UndoneException;
import dev.maar.coordinator.history.Costs;
import dev.maar.coordinator.merge.Merge;
import dev.maar.coordinator.plan.Plan;
import dev.maar.coordinator.plan.RunFolder;
import dev.maar.coordinator.report.Report;
import dev.maar.coordinator.report.ReportFolder;
import dev.maar.coordinator.store.ExperimentState;
import dev.maar.coordinator.store.KnownAgent;
import dev.maar.coordinator.store.Store;
import dev.maar.coordinator.store.StoredExperiment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One experiment as a coordinator runs it: planned into the store or found there, done by agents of other processes, reported. It can
 * be killed at any moment and started again: what is in the store is not done twice.
 */
final class CoordinatorSession {

    private final MaarCommand maar;
    private final MeasureOptions options;
    private final ClusterOptions cluster;
    private final String storeUrl;
    private final Console console;
    private final KeptSources sources;
    private final Clock clock = Clock.systemUTC();

    CoordinatorSession(
            final MaarCommand maar, final MeasureOptions options, final ClusterOptions cluster, final String storeUrl) {
        this.maar = maar;
        this.options = options;
        this.cluster = cluster;
        this.storeUrl = storeUrl;
        this.console = options.console();
        this.sources = new KeptSources(maar.state().resolve("experiments"));
    }

    /** Goes on with what is unfinished, unless that is given up, or plans what is asked; returns the exit code. */
    int run(final Optional<Question> question, final boolean anew) throws Exception {
        Files.createDirectories(maar.state());
        // What is wrong with these is said before anything is planned.
        final ClusterSettings settings = cluster.settings(ClusterSettings.PORT, List.of());
        final Secret secret = cluster.coordinatorSecret(maar.state());
        final Optional<FileMutex> alone = FileMutex.tryAcquire(maar.state().resolve("coordinator.lock"));
        if (alone.isEmpty()) {
            throw new IOException("another coordinator runs with the state folder " + maar.state()
                    + "; wait for it, or give --state another folder");
        }
        try (FileMutex held = alone.get();
                Interruption interruption = Interruption.watch();
                Store store = Store.open(storeUrl)) {
            try {
                if (anew) {
                    giveUp(store);
                }
                return farm(store, chosen(store, question), settings, secret);
            } catch (final InterruptedException e) {
                console.say("maar: interrupted");
                return interruption.happened() ? ExitCode.INTERRUPTED : ExitCode.NO_VERDICT;
            }
        }
    }

    private StoredExperiment chosen(final Store store, final Optional<Question> question) throws Exception {
        final List<StoredExperiment> unfinished = store.experiments().unfinished();
        if (!unfinished.isEmpty()) {
            final StoredExperiment first = unfinished.get(0);
            console.say("maar: goes on with " + first.plan().id() + ", which was not finished: " + first.request());
            return first;
        }
        if (question.isEmpty()) {
            throw new PlanException("nothing to do: the store has no unfinished experiment; --run plans one");
        }
        final Preparation preparation = new Preparation(maar, options, console, clock);
        final Request request = preparation.request(question.get());
        refuseStrangers(request);
        try (EmbeddedFarm planning = EmbeddedFarm.open(
                maar.state(), new NoSandbox(), options.building().cacheBytes(), maar.agentSettings())) {
            final Plan drawn = preparation.plan(request, planning);
            final Plan plan = sources.keep(drawn, planning);
            final StoredExperiment experiment = new StoredExperiment(
                    plan.reproduce(),
                    plan,
                    options.out(maar.state(), plan.id()).toAbsolutePath(),
                    ExperimentState.RUNNING,
                    0,
                    clock.instant());
            store.experiments().add(experiment);
            return experiment;
        }
    }

    /** Nothing of a stranger's is planned unless every agent that does it has a sandbox, or the user trusts it. */
    private void refuseStrangers(final Request request) throws IOException, PlanException {
        final Optional<String> stranger = new Trust(maar.root()).stranger(request);
        if (stranger.isPresent() && !sandboxed() && !options.trust()) {
            throw new PlanException(
                    stranger.get() + ", and agents may have no sandbox to run it in; give --sandbox bwrap,"
                            + " so that only agents with one get jobs, or --trust if you would run it yourself");
        }
    }

    private boolean sandboxed() {
        return options.building().sandbox() == SandboxChoice.Wish.BWRAP;
    }

    /** Gives up what was not finished. */
    private void giveUp(final Store store) throws IOException {
        for (final StoredExperiment experiment : store.experiments().unfinished()) {
            ended(store, experiment.plan().id(), ExperimentState.ABORTED);
            console.say("maar: gave up " + experiment.plan().id());
        }
    }

    private int farm(
            final Store store, final StoredExperiment experiment, final ClusterSettings settings, final Secret secret)
            throws IOException, InterruptedException {
        final Plan plan = experiment.plan();
        final RunFolder folder = new RunFolder(experiment.folder());
        // The store has all results; what an earlier coordinator had written of them is written again.
        FileTrees.delete(folder.path().resolve("raw"));
        // What was planned for agents with a sandbox stays so, whatever this command says.
        final boolean sandboxed = sandboxed() || experiment.request().contains(BuildOptions.SANDBOX + " bwrap");
        try (ClusterFarm farm = ClusterFarm.open(
                settings,
                secret,
                MaarCommand.VERSION,
                store,
                sources::find,
                clock,
                line -> console.say("maar: " + line))) {
            try (ShownProgress progress = ShownProgress.on(console);
                    JobBoard board = farm.board(plan.id(), new Terms(Terms.ORDINARY, sandboxed))) {
                final Budget budget = Budget.of(plan.budget());
                new Experiment(plan, folder, board, budget.rules(), plan.judged(), Costs.read(costs()), progress).run();
            } catch (final InterruptedException e) {
                // The interrupt is used up: from here on the partial report is written, undisturbed.
                report(store, experiment, Report.Status.ABORTED);
                console.say("maar: stopped; `maar coordinator` goes on with " + plan.id());
                return ExitCode.INTERRUPTED;
            } catch (final UndoneException e) {
                // The store would give the same answer for ever.
                report(store, experiment, Report.Status.FAILED);
                ended(store, plan.id(), ExperimentState.FAILED);
                throw e;
            } finally {
                tellRefused(farm);
            }
            Costs.read(costs()).learned(folder.plan(), folder.kept()).write(costs());
            final int code = report(store, experiment, Report.Status.COMPLETED);
            ended(store, plan.id(), ExperimentState.COMPLETED);
            return code;
        }
    }

    private void tellRefused(final ClusterFarm farm) {
        final Map<RefusedException.Reason, Long> refused = new TreeMap<>(farm.refused());
        if (!refused.isEmpty()) {
            console.say("maar: refused records: "
                    + refused.entrySet().stream()
                            .map(entry -> entry.getValue() + " "
                                    + entry.getKey().name().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", ")));
        }
    }

    private void ended(final Store store, final String experiment, final ExperimentState state) throws IOException {
        store.experiments().became(experiment, state);
        sources.remove(experiment);
    }

    private Path costs() {
        return maar.state().resolve("costs.json");
    }

    private int report(final Store store, final StoredExperiment experiment, final Report.Status status)
            throws IOException {
        final RunFolder folder = new RunFolder(experiment.folder());
        // The kept pairs may belong to a second session, of which the store's plan does not know.
        final Plan plan = folder.plan();
        folder.agents(workers(store, plan));
        final Merge.Merged merged = new Merge(
                        plan, folder.path(), Budget.of(plan.budget()).rules(), plan.judged())
                .merge(folder.agents(), folder.kept(), status, clock.instant());
        ReportFolder.write(merged.report(), folder.path());
        ExperimentSession.show(merged.report(), folder.path(), console, options.json());
        return ExperimentSession.code(merged);
    }

    /** The agents whose results count. */
    private static List<AgentFacts> workers(final Store store, final Plan plan) throws IOException {
        final Set<String> ids =
                store.jobs().results(plan.id()).stream().map(JobResult::agent).collect(Collectors.toSet());
        return store.agents().all().stream()
                .map(KnownAgent::facts)
                .filter(agent -> ids.contains(agent.id()))
                .toList();
    }
}
