package dev.maar.coordinator.experiment;

import dev.maar.agent.job.Stage;
import dev.maar.agent.measure.Budget;
import dev.maar.agent.source.SideSpec;
import dev.maar.coordinator.manifest.AdopterManifest;
import dev.maar.coordinator.manifest.CaseFilter;
import dev.maar.coordinator.manifest.SubjectManifest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a user asks for, before anything is resolved.
 *
 * @param name what the experiment is called
 * @param subject what is judged
 * @param a the baseline; by default the merge base of HEAD and the default branch
 * @param b the candidate
 * @param adopters who takes part
 * @param stages what is done with each
 * @param budget how much time a cell may take
 * @param seed the seed of everything random
 * @param cases which cases are measured
 * @param only further restrictions of the cells
 * @param controls whether cells of which is known what must come out are measured among the others
 * @param options further options, as the command that reproduces the experiment must repeat them
 */
public record Request(
        String name,
        SubjectManifest subject,
        Optional<SideSpec> a,
        SideSpec b,
        List<AdopterManifest> adopters,
        List<Stage> stages,
        Budget budget,
        long seed,
        CaseFilter cases,
        Only only,
        boolean controls,
        List<String> options) {

    /** Copies the lists. */
    public Request {
        adopters = List.copyOf(adopters);
        stages = List.copyOf(stages);
        options = List.copyOf(options);
    }

    /**
     * The same with another side a.
     *
     * @param other side a
     * @return the request
     */
    public Request withA(final Optional<SideSpec> other) {
        return new Request(name, subject, other, b, adopters, stages, budget, seed, cases, only, controls, options);
    }

    /**
     * The same with another budget, and pairs that are drawn anew.
     *
     * @param other the budget
     * @return the request
     */
    public Request withBudget(final Budget other) {
        return new Request(name, subject, a, b, adopters, stages, other, seed + 1, cases, only, controls, options);
    }

    /**
     * Restricts what is measured to one jig, or to one case.
     *
     * @param jig the jig's name; any when empty
     * @param setting what the case's settings must be; a setting that is not named may be anything
     */
    public record Only(Optional<String> jig, Map<String, String> setting) {

        /** No restriction. */
        public static final Only ALL = new Only(Optional.empty(), Map.of());

        /** Copies the map. */
        public Only {
            setting = Map.copyOf(setting);
        }

        boolean keeps(final dev.maar.agent.job.CellKey cell) {
            return jig.map(name -> name.equals(cell.jig())).orElse(true)
                    && cell.setting().entrySet().containsAll(setting.entrySet());
        }
    }
}
