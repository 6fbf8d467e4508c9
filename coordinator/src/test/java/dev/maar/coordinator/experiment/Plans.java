package dev.maar.coordinator.experiment;

import dev.maar.agent.job.AdopterRecipe;
import dev.maar.agent.job.Both;
import dev.maar.agent.job.CellKey;
import dev.maar.agent.job.JigRecipe;
import dev.maar.agent.job.Phase;
import dev.maar.agent.job.Side;
import dev.maar.agent.job.SideName;
import dev.maar.agent.job.Stage;
import dev.maar.agent.job.SubjectRecipe;
import dev.maar.agent.measure.Budget;
import dev.maar.agent.measure.Schedule;
import dev.maar.agent.stats.Metric;
import dev.maar.coordinator.plan.Plan;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Plans for tests: adopters with two cells each. */
public final class Plans {

    private static final JigRecipe JIG = new JigRecipe("loop", new JigRecipe.JvmJig("some.Jig"));

    private static final Both<Side> SIDES = new Both<>(side(SideName.A, "aaaa"), side(SideName.B, "bbbb"));

    private Plans() {}

    /** The same plan with controls among its cells. */
    static Plan withControls(final Plan plan, final Budget budget) {
        final Controls controls = Controls.among(plan.adopters(), plan.sides().a(), budget, plan.seed());
        return new Plan(
                plan.id(),
                plan.name(),
                plan.subject(),
                plan.sides(),
                plan.stages(),
                plan.budget(),
                plan.settings(),
                plan.metrics(),
                plan.seed(),
                plan.session(),
                plan.startedAt(),
                plan.reproduce(),
                controls.adopters(),
                controls.controls());
    }

    public static Plan of(final Budget budget, final long seed, final String... adopters) {
        return new Plan(
                "20260101-000000-abcd",
                "test",
                new SubjectRecipe(
                        "library", "group:library", "/nowhere", new SubjectRecipe.Maven(".", List.of()), List.of()),
                SIDES,
                List.of(Stage.BUILD, Stage.TEST, Stage.MEASURE),
                budget.label(),
                budget.settings(),
                Metric.judged().stream().map(Metric::label).toList(),
                seed,
                1,
                "2026-01-01T00:00:00Z",
                "./maar run",
                Arrays.stream(adopters).map(name -> adopter(name, seed)).toList(),
                List.of());
    }

    private static Side side(final SideName name, final String tree) {
        return new Side(name, tree, tree, tree, false, "", List.of(), Map.of(), List.of());
    }

    private static Plan.PlannedAdopter adopter(final String name, final long seed) {
        return new Plan.PlannedAdopter(
                new AdopterRecipe(
                        name,
                        "/nowhere",
                        "cafe",
                        new AdopterRecipe.NoBuild(),
                        new AdopterRecipe.NoTest(),
                        List.of(JIG),
                        new AdopterRecipe.Timeouts(1000, 1000, 1000),
                        new AdopterRecipe.Resources(1 << 20, 10)),
                List.of("@owner"),
                List.of("label"),
                List.of(),
                List.of(cell(name, "local", seed), cell(name, "shm", seed)));
    }

    private static Plan.PlannedCell cell(final String adopter, final String transport, final long seed) {
        final CellKey key = new CellKey(adopter, "loop", Map.of("transport", transport));
        return new Plan.PlannedCell(
                key,
                Schedule.measurement(seed, key, 0, 1),
                SIDES,
                0,
                Map.of(),
                JIG,
                Schedule.draw(seed, key, "aaaa", "bbbb", Phase.SCREEN, 1, 32, 10),
                Schedule.draw(seed, key, "aaaa", "bbbb", Phase.CONFIRM, 1, 64, 10),
                "./maar jig " + adopter + "/loop");
    }
}
