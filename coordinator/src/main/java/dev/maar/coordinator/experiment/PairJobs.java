package dev.maar.coordinator.experiment;

import dev.maar.agent.job.JobSpec;
import dev.maar.agent.job.PairPlan;
import dev.maar.coordinator.plan.Plan;
import java.util.List;

/** Makes the jobs that measure. Pure functions. */
public final class PairJobs {

    private PairJobs() {}

    /**
     * The job of one pair.
     *
     * @param plan what it belongs to
     * @param adopter the adopter
     * @param cell what is measured
     * @param pair the pair
     * @param session the session it belongs to
     * @param sequence tells a pair that is run again from its first try
     * @return the job
     */
    public static JobSpec.Pairs of(
            final Plan plan,
            final Plan.PlannedAdopter adopter,
            final Plan.PlannedCell cell,
            final PairPlan pair,
            final int session,
            final int sequence) {
        return new JobSpec.Pairs(
                plan.id() + "/" + cell.key().id() + "/" + cell.measurement() + "/"
                        + pair.phase().label() + "-" + pair.index() + "/" + sequence,
                plan.id(),
                plan.subject(),
                cell.sides(),
                adopter.recipe(),
                cell.jig(),
                cell.key(),
                cell.measurement(),
                session,
                cell.slowdown(),
                plan.seed(),
                plan.settings(),
                List.of(pair));
    }
}
