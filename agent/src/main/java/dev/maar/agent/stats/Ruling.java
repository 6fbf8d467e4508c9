package dev.maar.agent.stats;

import dev.maar.agent.job.Phase;
import dev.maar.agent.job.Verdict;
import java.util.List;

/**
 * What is said of a cell, and by what.
 *
 * @param verdict one of regressed, improved, unchanged, suspect, inconclusive ({@link CellJudge} has the table)
 * @param candidate whether the screen made it a candidate
 * @param phase the phase whose pairs the estimate rests on; a candidate's is the confirmation as soon as that has had a look
 * @param estimate the published estimate
 * @param agents the same pairs by agent
 * @param agentsDisagree whether the agents differ beyond chance and by more than matters, so that the estimate speaks for none of them
 * @param threshold the practical threshold m, as ln(b/a)
 * @param pairsToDecide of an inconclusive cell: about how many more pairs would decide it; otherwise 0
 */
public record Ruling(
        Verdict verdict,
        boolean candidate,
        Phase phase,
        Estimate estimate,
        List<AgentEstimate> agents,
        boolean agentsDisagree,
        double threshold,
        int pairsToDecide) {

    /** Copies the list. */
    public Ruling {
        agents = List.copyOf(agents);
    }

    /**
     * The smallest effect that this cell's interval can tell from none.
     *
     * @return as ln(b/a)
     */
    public double resolution() {
        return estimate.resolution();
    }

    Ruling withP(final double p) {
        return with(verdict, estimate.withP(p, p));
    }

    Ruling withQ(final double q, final Verdict newVerdict) {
        return with(newVerdict, estimate.withP(estimate.p(), q));
    }

    private Ruling with(final Verdict newVerdict, final Estimate newEstimate) {
        return new Ruling(newVerdict, candidate, phase, newEstimate, agents, agentsDisagree, threshold, pairsToDecide);
    }
}
