package dev.maar.coordinator.store;

import dev.maar.agent.job.AgentFacts;
import dev.maar.agent.job.Delivery;
import dev.maar.agent.job.JobResult;
import dev.maar.agent.job.JobSpec;
import dev.maar.agent.job.Stage;
import dev.maar.agent.measure.Budget;
import dev.maar.coordinator.experiment.Plans;
import dev.maar.coordinator.plan.Plan;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** An experiment, its jobs and their results, for tests of the store. */
public final class Farm {

    public static final Instant NOW = Instant.ofEpochMilli(1_767_225_600_000L);
    public static final Plan PLAN = Plans.of(Budget.QUICK, 7, "one", "two");

    private Farm() {}

    public static StoredExperiment experiment() {
        return new StoredExperiment("run --seed 7", PLAN, Path.of("/runs/seven"), ExperimentState.RUNNING, 0, NOW);
    }

    /** Another experiment of the same plan. */
    public static StoredExperiment experiment(final String id) {
        return new StoredExperiment("run --seed 7", named(id), Path.of("/runs/" + id), ExperimentState.RUNNING, 0, NOW);
    }

    private static Plan named(final String id) {
        return new Plan(
                id,
                PLAN.name(),
                PLAN.subject(),
                PLAN.sides(),
                PLAN.stages(),
                PLAN.budget(),
                PLAN.settings(),
                PLAN.metrics(),
                PLAN.seed(),
                PLAN.session(),
                PLAN.startedAt(),
                PLAN.reproduce(),
                PLAN.adopters(),
                PLAN.controls());
    }

    /** A job of another experiment. */
    public static JobSpec job(final String experiment, final int number) {
        return new JobSpec.Stages(
                experiment + "/one/" + number,
                experiment,
                PLAN.subject(),
                PLAN.sides(),
                PLAN.adopters().get(0).recipe(),
                Set.of(Stage.BUILD));
    }

    /** A job of the experiment, told from others by its number. */
    public static JobSpec job(final int number) {
        return new JobSpec.Stages(
                id(number),
                PLAN.id(),
                PLAN.subject(),
                PLAN.sides(),
                PLAN.adopters().get(0).recipe(),
                Set.of(Stage.BUILD));
    }

    public static String id(final int number) {
        return PLAN.id() + "/one/" + number;
    }

    public static Delivery result(final int number, final String agent, final long token) {
        return new Delivery(new JobResult.Undone(id(number), agent, "because " + number), token, 100);
    }

    public static AgentFacts agent(final String id) {
        return new AgentFacts(id, "host", "a CPU", 2, 1L << 30, "Linux", "6", List.of("17"), "none");
    }
}
