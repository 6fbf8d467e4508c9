package dev.maar.agent.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every number of the reference data, which was computed in exact arithmetic, to 1e-9. */
final class ReferenceTest {

    private static final Offset<Double> EQUAL = within(1e-9);

    private final JsonNode reference = read();

    private static JsonNode read() {
        try (InputStream stream = ReferenceTest.class.getResourceAsStream("statistics.json")) {
            return new ObjectMapper().readTree(stream);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @TestFactory
    Stream<DynamicTest> everyCellHasTheReferencesEstimateTestsAndIntervals() {
        return each("cells", cell -> {
            final double[] differences = doubles(cell.get("d"));
            assertThat(HodgesLehmann.of(differences))
                    .isCloseTo(cell.get("hodgesLehmann").asDouble(), EQUAL);
            assertTest(SignedRank.of(differences, 0), cell.get("signedRank0"));
            assertTest(SignedRank.of(differences, 0.01), cell.get("signedRankNull1pct"));
            assertInterval(Interval.of(differences, 0.90), cell.get("interval90"));
            assertInterval(Interval.of(differences, 0.95), cell.get("interval95"));
        });
    }

    @TestFactory
    Stream<DynamicTest> everyFamilyOfPValuesHasTheReferencesQValues() {
        return each(
                "benjaminiHochberg",
                family -> assertThat(BenjaminiHochberg.adjust(doubles(family.get("p"))))
                        .containsExactly(doubles(family.get("q")), EQUAL));
    }

    @TestFactory
    Stream<DynamicTest> severalAgentsHaveTheReferencesStratifiedTestAndHeterogeneity() {
        return each("agents", agents -> {
            final List<double[]> strata = StreamSupport.stream(
                            agents.get("strata").spliterator(), false)
                    .map(ReferenceTest::doubles)
                    .toList();
            assertTest(SignedRank.stratified(strata, 0), agents.get("stratifiedSignedRank"));
            assertThat(strata.stream().mapToDouble(HodgesLehmann::of).toArray())
                    .containsExactly(doubles(agents.get("hodgesLehmann")), EQUAL);
            assertThat(strata.stream().mapToDouble(CochranQ::standardError).toArray())
                    .containsExactly(doubles(agents.get("se")), EQUAL);
            final CochranQ test = CochranQ.of(strata);
            assertThat(test.statistic()).isCloseTo(agents.get("cochranQ").asDouble(), EQUAL);
            assertThat(test.degreesOfFreedom())
                    .isEqualTo(agents.get("degreesOfFreedom").asInt());
        });
    }

    private static void assertTest(final SignedRank test, final JsonNode expected) {
        assertThat(test.pairs()).isEqualTo(expected.get("n").asInt());
        assertThat(test.statistic()).isEqualTo(expected.get("w").asDouble());
        assertProbability(test.greater(), expected.get("greater").asDouble());
        assertProbability(test.less(), expected.get("less").asDouble());
        assertProbability(test.twoSided(), expected.get("twoSided").asDouble());
    }

    /** Relative, so that the smallest probabilities are held to their digits as well. */
    private static void assertProbability(final double probability, final double expected) {
        assertThat(probability).isCloseTo(expected, within(expected * 1e-9));
    }

    private static void assertInterval(final Interval interval, final JsonNode expected) {
        assertThat(interval.low()).isCloseTo(expected.get(0).asDouble(), EQUAL);
        assertThat(interval.high()).isCloseTo(expected.get(1).asDouble(), EQUAL);
    }

    private Stream<DynamicTest> each(final String section, final Consumer<JsonNode> check) {
        final List<JsonNode> entries = StreamSupport.stream(
                        reference.get(section).spliterator(), false)
                .toList();
        assertThat(entries).isNotEmpty();
        return entries.stream()
                .map(entry ->
                        DynamicTest.dynamicTest(section + " " + entries.indexOf(entry), () -> check.accept(entry)));
    }

    private static double[] doubles(final JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }
}
