package dev.maar.coordinator.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class ReportJsonTest {

    private final ReportJson json = new ReportJson();
    private final ObjectMapper mapper = new ObjectMapper();

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        for (final Report report : List.of(Samples.unchanged(), Samples.troubled())) {
            assertThat(json.read(json.write(report))).isEqualTo(report);
        }
    }

    @Test
    void theSameReportGivesTheSameBytes() {
        assertThat(json.write(Samples.troubled())).isEqualTo(json.write(Samples.troubled()));
    }

    @Test
    void everyReportFollowsThePublishedSchema() throws IOException {
        final Schema schema = schema();

        for (final Report report : List.of(
                Samples.unchanged(),
                Samples.troubled(),
                Samples.severalMetrics(),
                Samples.large(3, 2),
                Samples.hostile(),
                Samples.report(List.of(), Samples.trust(0, 0, 0, 0), List.of()))) {
            assertThat(schema.validate(json.write(report), InputFormat.JSON)).isEmpty();
        }
    }

    @Test
    void theSchemaAsksForEveryKeyThatIsWritten() throws IOException {
        assertAskedFor(
                Samples.severalMetrics(),
                "/adopters/0/footprints/0",
                "/adopters/0/footprints/0/a",
                "/summary",
                "/experiment/a");
        assertAskedFor(
                Samples.troubled(),
                "",
                "/experiment",
                "/experiment/a",
                "/agents/0",
                "/trust",
                "/summary",
                "/summary/undecided/0",
                "/adopters/0",
                "/adopters/0/build",
                "/adopters/0/test",
                "/adopters/0/test/a",
                "/adopters/0/cells/0",
                "/adopters/0/cells/0/a");
    }

    private void assertAskedFor(final Report report, final String... paths) throws IOException {
        final Schema schema = schema();
        final ObjectNode whole = (ObjectNode) mapper.readTree(json.write(report));
        for (final String path : paths) {
            final List<String> keys = new ArrayList<>();
            at(whole, path).fieldNames().forEachRemaining(keys::add);
            assertThat(keys).isNotEmpty();
            for (final String key : keys) {
                final ObjectNode without = whole.deepCopy();
                at(without, path).remove(key);
                assertThat(schema.validate(without))
                        .as(path + " without " + key)
                        .isNotEmpty();
            }
        }
        assertThat(schema.validate(whole)).isEmpty();
    }

    @Test
    void theNamesAreThoseOfTheContract() throws IOException {
        final JsonNode cell = at((ObjectNode) mapper.readTree(json.write(Samples.unchanged())), "/adopters/0/cells/1");

        assertThat(cell.at("/case/transport").asText()).isEqualTo("shm");
        assertThat(cell.get("verdict").asText()).isEqualTo("unchanged");
        assertThat(cell.get("q").isNull()).isTrue();
        assertThat(cell.get("pairsEffects")).hasSize(16);
        assertThat(mapper.readTree(json.write(Samples.troubled()))
                        .at("/summary/counts/regressed")
                        .asInt())
                .isEqualTo(3);
    }

    @Test
    void aNumberThatIsNotKnownIsNullAndComesBackUnknown() throws IOException {
        final String text = json.write(Samples.hostile());

        assertThat(text).doesNotContain("NaN").doesNotContain("Infinity");
        final AdopterReport.Cell cell =
                json.read(text).adopters().get(0).cells().get(0);
        assertThat(cell.ratio()).isNaN();
        assertThat(cell.pairsEffects()).containsOnly(Double.NaN);
    }

    @Test
    void aReportOfAnotherSchemaIsRefused() {
        final String other = json.write(Samples.unchanged()).replace("maar.report/1", "maar.report/9");

        assertThatThrownBy(() -> json.read(other))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("this Maar reads maar.report/1");
    }

    private static ObjectNode at(final ObjectNode node, final String path) {
        return (ObjectNode) node.at(path);
    }

    private static Schema schema() throws IOException {
        try (InputStream schema = Objects.requireNonNull(Report.class.getResourceAsStream("report.schema.json"))) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(new String(schema.readAllBytes(), StandardCharsets.UTF_8), InputFormat.JSON);
        }
    }
}
