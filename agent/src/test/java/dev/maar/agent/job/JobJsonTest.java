package dev.maar.agent.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JobJsonTest {

    private static final Attestation ATTESTATION = new Attestation("", Map.of("transport", "shm"), 7, "abc");
    private static final Slice SLICE = new Slice(0, SideName.A, 10, 1_000, -1, 900);

    private final JobJson json = new JobJson();

    @Test
    void notesOfForksAreKept() {
        final PairOutcome measured = new PairOutcome.Measured(
                List.of(SLICE),
                3,
                new Both<>(ATTESTATION, ATTESTATION),
                new Both<>(
                        new ForkNotes(
                                5,
                                6,
                                ForkNotes.ofLatencies(Map.of(850L, 12L, 90L, 1L))
                                        .latencyNs()),
                        ForkNotes.NONE));

        final String text = json.write(measured);
        assertThat(text).contains("\"latencyNs\":{\"90\":1,\"850\":12}");
        assertThat(json.read(text, PairOutcome.class)).isEqualTo(measured);
    }

    @Test
    void pairsOfBeforeThereWereNotesAreStillRead() {
        final String old =
                "{\"outcome\":\"measured\",\"slices\":[{\"round\":0,\"side\":\"a\",\"operations\":10,\"nanos\":1000,"
                        + "\"allocatedBytes\":-1,\"cpuNanos\":900}],\"warmUpRounds\":3,\"attested\":{"
                        + "\"a\":{\"subjectSha256\":\"\",\"facts\":{\"transport\":\"shm\"},\"delivered\":7,\"checksum\":\"abc\"},"
                        + "\"b\":{\"subjectSha256\":\"\",\"facts\":{\"transport\":\"shm\"},\"delivered\":7,\"checksum\":\"abc\"}}}";

        assertThat(json.read(old, PairOutcome.class))
                .isEqualTo(new PairOutcome.Measured(List.of(SLICE), 3, new Both<>(ATTESTATION, ATTESTATION)));
    }

    @Test
    void subjectsOfBeforeTheirSizeWasNotedAreStillRead() {
        final String old =
                "{\"build\":{\"status\":\"pass\",\"reason\":\"\",\"log\":\"\",\"cached\":true,\"millis\":5},\"version\":\"1\","
                        + "\"artifactSha256\":\"ff\"}";

        assertThat(json.read(old, SubjectOutcome.class).artifactBytes()).isEqualTo(-1);
    }

    @Test
    void whatElseIsMissingIsAnError() {
        assertThatThrownBy(() -> json.read("{\"round\":0,\"side\":\"a\"}", Slice.class))
                .hasMessageContaining("Slice");
    }
}
