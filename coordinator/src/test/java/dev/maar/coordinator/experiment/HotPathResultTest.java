package dev.maar.coordinator.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.maar.agent.job.Both;
import dev.maar.agent.job.CellKey;
import dev.maar.agent.job.ForkFailure;
import dev.maar.agent.job.ForkNotes;
import dev.maar.agent.job.PairCost;
import dev.maar.agent.job.PairObservation;
import dev.maar.agent.job.PairOutcome;
import dev.maar.agent.job.PairPlan;
import dev.maar.agent.job.Phase;
import dev.maar.agent.job.SideName;
import dev.maar.agent.job.Surroundings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class HotPathResultTest {

    private static final CellKey CELL =
            new CellKey("hotpath", "pingpong", Map.of("api", "async", "transport", "shm", "payloadBytes", "64"));
    private static final PairPlan PLAN = new PairPlan(Phase.SCREEN, 0, SideName.A, List.of());

    @Test
    void aRowHasTheNamesOfTheContract() throws Exception {
        final PairOutcome.Measured measured = (PairOutcome.Measured) ScriptedBoard.measured(PLAN, 1.5);
        final PairOutcome timed = new PairOutcome.Measured(
                measured.slices(),
                1,
                measured.attested(),
                new Both<>(
                        ForkNotes.ofLatencies(Map.of(200L, 9_900L, 250L, 90L)),
                        ForkNotes.ofLatencies(Map.of(200L, 9_900L, 250L, 90L, 100_000L, 20L))));

        final JsonNode row = json(HotPathResult.row(CELL, List.of(observation(timed))));

        assertThat(row.get("id").asText()).isEqualTo("async/shm/payload=64");
        assertThat(row.get("latencyUs").get("p50").asDouble()).isEqualTo(0.2);
        assertThat(row.get("latencyUs").get("p99").asDouble()).isCloseTo(0.2, within(0.01));
        assertThat(row.get("latencyUs").get("p999").asDouble()).isBetween(0.25, 100.0);
        assertThat(row.get("allocBytesPerMsg").asDouble()).isZero();
        assertThat(row.get("usPerMsg").get("median").asDouble()).isBetween(1.0, 1.5);
        assertThat(row.get("samples")).hasSize(2);
    }

    @Test
    void whatIsNotKnownIsAbsent() throws Exception {
        final JsonNode untimed = json(HotPathResult.row(CELL, List.of(observation(ScriptedBoard.measured(PLAN, 1)))));
        assertThat(untimed.has("latencyUs")).isFalse();

        final ForkFailure failure = new ForkFailure(ForkFailure.Kind.HANG, "no answer");
        final JsonNode failed = json(HotPathResult.row(
                CELL, List.of(observation(new PairOutcome.Failed(new Both<>(failure, ForkFailure.NONE))))));
        assertThat(failed.get("failure").asText()).isEqualTo("hang: no answer");
        assertThat(failed.has("latencyUs")).isFalse();
    }

    private static PairObservation observation(final PairOutcome outcome) {
        return new PairObservation(
                CELL,
                "0a1b2c3d",
                PLAN,
                "local",
                1,
                new Surroundings(0, 0, 0, 0, 0, -1, 0, 1),
                List.of(),
                false,
                PairCost.NONE,
                outcome);
    }

    private static JsonNode json(final HotPathResult.Row row) {
        return JsonMapper.builder().addModule(new Jdk8Module()).build().valueToTree(row);
    }
}
