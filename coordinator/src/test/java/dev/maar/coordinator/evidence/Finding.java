package dev.maar.coordinator.evidence;

import dev.maar.agent.job.PairCost;
import dev.maar.agent.job.Verdict;
import java.util.List;

/**
 * What came of one trial; a line of the data.
 *
 * @param scenario the scenario's name
 * @param number which trial of it
 * @param cell the case
 * @param verdict Maar's
 * @param threshold from when on a difference mattered, as ln(b/a)
 * @param effect Maar's estimate, as ln(b/a)
 * @param pairs how many pairs count
 * @param rerun how many were run again
 * @param disturbed how many count although the machine disturbed them
 * @param cost where the time of all pairs went
 * @param ezmsg the paired differences of 6 rounds of whole runs in the same time, as ln(b/a); empty when not run
 * @param afterOther the differences of pairs of forks that ran one after the other in the same time, as ln(b/a); empty when not run
 */
record Finding(
        String scenario,
        int number,
        String cell,
        Verdict verdict,
        double threshold,
        double effect,
        int pairs,
        int rerun,
        int disturbed,
        PairCost cost,
        List<Double> ezmsg,
        List<Double> afterOther) {

    Finding {
        ezmsg = List.copyOf(ezmsg);
        afterOther = List.copyOf(afterOther);
    }
}
