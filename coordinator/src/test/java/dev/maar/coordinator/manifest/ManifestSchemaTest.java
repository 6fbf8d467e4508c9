package dev.maar.coordinator.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The schema that editors use and the parser that runs say the same. */
final class ManifestSchemaTest {

    private static final Schema SCHEMA = schema();
    private static final String MAVEN = "build: {maven: {versionProperty: transport-runtime.version}}";
    private static final String PATH = "source: {path: apps/telemetry-hub}";

    @TempDir
    private Path checkout;

    static Stream<String> good() {
        return Stream.of(
                ManifestFolder.ADOPTER,
                subject("", ""),
                subject("source: {path: ..}\n", ""),
                subject("source: {path: ..}", "source: {git: \"ssh://git@example.org/lib.git\"}"),
                subject("source: {path: ..}", "source: {git: \"git@example.org:lib.git\"}"),
                subject("build: {maven: {module: transport-runtime, arguments: [-Dmaar.fast]}}", "build: {none: true}"),
                subject(
                        "build: {maven: {module: transport-runtime, arguments: [-Dmaar.fast]}}",
                        "build: {command: [make, \"V=${subject.version}\"], jar: \"out/*.jar\"}"),
                adopter("test: {maven: {}}", "test: {none: true}"),
                adopter("test: {maven: {}}", "test: {command: [sleep, 5], junitXml: \"**/TEST-*.xml\"}"),
                adopter(
                        PATH,
                        "source: {git: \"https://git.example.org/a\", ref: 8f1c0e2b9a7d46c35e1f0a2b3c4d5e6f70819a2b}"),
                adopter(MAVEN, "build: {maven: {}}"),
                adopter(
                        "    cases: {transport: [local, tcp]}\n",
                        "    cases: {transport: [local]}\n    sources: apps\n"),
                "kind: subject\nname: transport-runtime\nartifact: dev.maar:transport-runtime\n",
                adopter("[64, 4096]", "[true, 1.5, x-y]"),
                adopter(
                        "cases: {transport: [local, tcp]}",
                        "cases: {transport: [local, tcp]}\n    more: {transport: [udp]}"),
                adopter(
                        "cases: {transport: [local, tcp]}",
                        "cases: {transport: [local, tcp]}\n    larger: {transport: [shm]}\n    more: {transport: [udp]}"),
                adopter("labels: [streaming]\n", ""),
                adopter("{build: 10m, test: 90s, silence: 500ms}", "{silence: 2h}"));
    }

    static Stream<String> bad() {
        return Stream.of(
                "kind: other\n",
                "name: x\n",
                subject("name: transport-runtime", "name: \"-x\""),
                subject("name: transport-runtime", "name: all"),
                subject("artifact: dev.maar:transport-runtime", "artifact: transport-runtime"),
                subject("build: {maven: {module: transport-runtime, arguments: [-Dmaar.fast]}}", ""),
                subject("module: transport-runtime", "module: ../elsewhere"),
                subject("module: transport-runtime", "module: /elsewhere"),
                subject("source: {path: ..}", "source: {path: .., git: \"https://x/y\"}"),
                subject("source: {path: ..}", "source: {git: \"ext::sh -c id\"}"),
                subject("source: {path: ..}", "source: {git: \"https://-x\"}"),
                subject("jvmArgs: [\"--", "jvmArgs: [\""),
                subject(
                        "build: {maven: {module: transport-runtime, arguments: [-Dmaar.fast]}}",
                        "build: {none: false}"),
                subject(
                        "build: {maven: {module: transport-runtime, arguments: [-Dmaar.fast]}}",
                        "build: {command: [make]}"),
                subject(
                        "build: {maven: {module: transport-runtime, arguments: [-Dmaar.fast]}}",
                        "build: {command: [], jar: x.jar}"),
                adopter("subject: transport-runtime\n", ""),
                adopter("test: {maven: {}}\n", ""),
                adopter("test: {maven: {}}", "test: {maven: {}, none: true}"),
                adopter("test: {maven: {}}", "test: {command: [x]}"),
                adopter("test: {maven: {}}", "test: {}"),
                adopter("test: {maven: {}}", "test: maven"),
                adopter(MAVEN, "build: {none: true}"),
                adopter(MAVEN, "build: {command: [make]}"),
                adopter(PATH, "source: {git: \"https://git.example.org/a\"}"),
                adopter(PATH, "source: {git: \"https://git.example.org/a\", ref: main}"),
                adopter(PATH, "source: {git: \"https://git.example.org/a\", ref: 8f1c0e2}"),
                subject("source: {path: ..}", "source: {git: \"https://me:secret@git.example.org/lib.git\"}"),
                subject("source: {path: ..}", "source: {git: \"ssh://me:secret@git.example.org/lib.git\"}"),
                adopter(PATH, "source: {git: \"https://git.example.org/a\", ref: --upload-pack=x}"),
                adopter("class: com.example.FanInJig", "class: com.example.Fan-In"),
                adopter("    class: com.example.FanInJig\n", ""),
                adopter("    class: com.example.FanInJig\n", "    class: X\n    command: [x]\n"),
                adopter("${adopter.dir}", "${adopter.path}"),
                adopter("    cases: {transport: [local, tcp]}\n", ""),
                adopter("cases: {transport: [local, tcp]}", "cases: {}"),
                adopter("cases: {transport: [local, tcp]}", "cases: {transport: []}"),
                adopter("cases: {transport: [local, tcp]}", "cases: {transport: local}"),
                adopter("cases: {transport: [local, tcp]}", "cases: {transport: [tcp, tcp]}"),
                adopter("cases: {transport: [local, tcp]}", "cases: {transport: [\"a,b\"]}"),
                adopter("cases: {transport: [local, tcp]}", "cases: {\"a b\": [x]}"),
                adopter("cases: {transport: [local, tcp]}", "cases: {transport: [null]}"),
                adopter("cases: {transport: [local, tcp]}", "cases: {transport: [local]}\n    more: {transport: udp}"),
                adopter("cases: {transport: [local, tcp]}", "cases: {transport: [local]}\n    more: {}"),
                adopter("cases: {transport: [local, tcp]}", "cases: {transport: [local]}\n    larger: [shm]"),
                adopter("labels: [streaming]", "labels: [streaming, streaming]"),
                adopter("labels: [streaming]", "labels: [3]"),
                adopter("labels: [streaming]", "label: [streaming]"),
                adopter("owners: [\"@someone\"]", "owners: [\" \"]"),
                adopter("build: 10m", "build: 10"),
                adopter("build: 10m", "build: 0m"),
                adopter("memory: 512m", "memory: 512"),
                adopter("processes: 64", "processes: 0"),
                adopter("processes: 64", "processes: \"64\""),
                adopter("until: 2027-06-30", "until: soon"),
                adopter("reason: \"waits for a port\"", "reason: \"\""),
                adopter("description: collects readings", "description: [x]"));
    }

    @ParameterizedTest
    @MethodSource("good")
    void bothTakeWhatIsGood(final String manifest) {
        assertThat(schemaErrors(manifest)).as(manifest).isEmpty();
        assertThat(parserErrors(manifest)).as(manifest).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("bad")
    void bothRefuseWhatIsBad(final String manifest) {
        assertThat(parserErrors(manifest)).as(manifest).isNotEmpty();
        assertThat(schemaErrors(manifest)).as(manifest).isNotEmpty();
    }

    @Test
    void everyPatternOfTheParserIsInTheSchema() throws IOException {
        final String text = text().replace("\\\\", "\\").replace("\\\"", "\"");
        for (final TextRule rule : List.of(
                TextRule.NAME,
                TextRule.LINE,
                TextRule.ARTIFACT,
                TextRule.COORDINATES,
                TextRule.PROPERTY,
                TextRule.FLAG,
                TextRule.CLASS_NAME,
                TextRule.GLOB,
                TextRule.MODULE,
                TextRule.PATH,
                TextRule.GIT_URL,
                TextRule.GIT_REF,
                TextRule.TEST_ID,
                TextRule.DATE,
                TextRule.DURATION,
                TextRule.SIZE,
                TextRule.ARGUMENT)) {
            assertThat(text).contains("\"^(?:" + rule.pattern().pattern() + ")$\"");
            assertThat(rule.example()).matches(rule.pattern());
        }
        assertThat(text).contains("\"^" + TextRule.CASE_VALUE.pattern().pattern() + "$\"");
        assertThat(text).contains("\"^" + TextRule.SETTING_NAME.pattern() + "$\"");
    }

    private List<String> parserErrors(final String manifest) {
        final ManifestFolder folder = new ManifestFolder(checkout);
        if (manifest.startsWith("kind: subject")) {
            return folder.problemsOf(manifest.replaceFirst("name: transport-runtime", "name: again"));
        }
        return folder.problemsOf(manifest);
    }

    private static List<Error> schemaErrors(final String manifest) {
        return SCHEMA.validate(manifest, InputFormat.YAML);
    }

    private static String subject(final String from, final String to) {
        assertThat(ManifestFolder.SUBJECT).contains(from);
        return ManifestFolder.SUBJECT.replace(from, to);
    }

    private static String adopter(final String from, final String to) {
        assertThat(ManifestFolder.ADOPTER).contains(from);
        return ManifestFolder.ADOPTER.replace(from, to);
    }

    private static Schema schema() {
        try {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(text(), InputFormat.JSON);
        } catch (final IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String text() throws IOException {
        try (InputStream schema = Objects.requireNonNull(Manifests.class.getResourceAsStream("manifest.schema.json"))) {
            return new String(schema.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
