package dev.maar.coordinator.cli;

import dev.maar.agent.job.Stage;
import dev.maar.coordinator.experiment.Request;
import java.util.List;
import java.util.Optional;

/**
 * What one command asks for beyond the common options.
 *
 * @param name what the experiment is called
 * @param a the baseline, if given
 * @param b the candidate
 * @param adopters the selection
 * @param stages what is done with each adopter
 * @param only further restrictions of the cells
 * @param controls whether controls are measured among the cells
 */
record Question(
        String name,
        Optional<String> a,
        String b,
        String adopters,
        List<Stage> stages,
        Request.Only only,
        boolean controls) {}
