package dev.maar.coordinator.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.maar.agent.job.AdopterRecipe;
import dev.maar.agent.job.CellKey;
import dev.maar.agent.job.JigRecipe;
import dev.maar.agent.job.SubjectRecipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ManifestsTest {

    @TempDir
    private Path checkout;

    private ManifestFolder folder;

    @BeforeEach
    void prepare() {
        folder = new ManifestFolder(checkout);
    }

    @Test
    void everyKeyOfAnAdopterIsRead() throws ManifestException {
        final AdopterManifest adopter = hub();

        assertThat(adopter.description()).isEqualTo("collects readings");
        assertThat(adopter.subject()).isEqualTo("transport-runtime");
        assertThat(adopter.source()).isEqualTo(new Source.Folder(folder.manifests.resolve("apps/telemetry-hub")));
        assertThat(adopter.build()).isEqualTo(new AdopterRecipe.MavenBuild("transport-runtime.version", List.of()));
        assertThat(adopter.test()).isEqualTo(new AdopterRecipe.MavenTest(List.of()));
        assertThat(adopter.jigRecipes())
                .containsExactly(
                        new JigRecipe("fan-in", new JigRecipe.JvmJig("com.example.FanInJig")),
                        new JigRecipe(
                                "roundtrip",
                                new JigRecipe.ProcessJig(List.of("python3", "jig.py", "--dir=${adopter.dir}"))));
        assertThat(adopter.labels()).containsExactly("streaming");
        assertThat(adopter.owners()).containsExactly("@someone");
        assertThat(adopter.timeouts()).isEqualTo(new AdopterRecipe.Timeouts(600_000, 90_000, 500));
        assertThat(adopter.resources()).isEqualTo(new AdopterRecipe.Resources(512L << 20, 64));
        assertThat(adopter.flaky())
                .containsExactly(new AdopterManifest.FlakyTest(
                        "com.example.SlowTest#sometimes", LocalDate.of(2027, 6, 30), "waits for a port"));
    }

    @Test
    void everyKeyOfASubjectIsRead() throws ManifestException, SelectionException {
        final SubjectManifest subject = folder.load().subject("transport-runtime");

        assertThat(subject.source()).isEqualTo(new Source.Folder(checkout));
        assertThat(subject.recipe("/repository"))
                .isEqualTo(new SubjectRecipe(
                        "transport-runtime",
                        "dev.maar:transport-runtime",
                        "/repository",
                        new SubjectRecipe.Maven("transport-runtime", List.of("-Dmaar.fast")),
                        List.of("--add-opens=java.base/java.nio=ALL-UNNAMED")));
    }

    @Test
    void casesAreExpandedInTheOrderOfTheManifest() throws ManifestException {
        final AdopterManifest adopter = hub();

        assertThat(adopter.cells(CaseFilter.ALL).stream().map(CellKey::id))
                .containsExactly(
                        "telemetry-hub/fan-in/payloadBytes=64,transport=local",
                        "telemetry-hub/fan-in/payloadBytes=4096,transport=local",
                        "telemetry-hub/fan-in/payloadBytes=64,transport=shm",
                        "telemetry-hub/fan-in/payloadBytes=4096,transport=shm",
                        "telemetry-hub/roundtrip/transport=local",
                        "telemetry-hub/roundtrip/transport=tcp");
    }

    @Test
    void aFilterKeepsCasesThatDoNotHaveItsSetting() throws ManifestException {
        assertThat(hub()
                        .cells(CaseFilter.ALL
                                .and("transport", Set.of("local", "udp"))
                                .and("payloadBytes", Set.of("64")))
                        .stream()
                        .map(CellKey::id))
                .containsExactly(
                        "telemetry-hub/fan-in/payloadBytes=64,transport=local",
                        "telemetry-hub/roundtrip/transport=local");
    }

    @Test
    void furtherValuesAreMeasuredOnlyWhenTheyAreAskedFor() throws ManifestException {
        folder.write("other.yaml", """
                kind: adopter
                name: other
                subject: transport-runtime
                source: {git: "https://git.example.org/other.git", ref: 8f1c0e2b9a7d46c35e1f0a2b3c4d5e6f70819a2b}
                build: {none: true}
                test: {none: true}
                jigs:
                  - name: loop
                    command: [loop]
                    cases: {transport: [local], payloadBytes: [64]}
                    more: {transport: [shm, udp]}
                """);
        final AdopterManifest other =
                Objects.requireNonNull(folder.load().adopters().get("other"));

        assertThat(other.cells(CaseFilter.ALL))
                .extracting(CellKey::caseId)
                .containsExactly("payloadBytes=64,transport=local");
        assertThat(other.cells(CaseFilter.ALL.and("transport", Set.of("udp", "local"))))
                .extracting(CellKey::caseId)
                .containsExactly("payloadBytes=64,transport=local", "payloadBytes=64,transport=udp");
        assertThat(other.cells(
                        CaseFilter.ALL.and("transport", Set.of("udp", "local")).and("transport", Set.of("udp", "shm"))))
                .extracting(CellKey::caseId)
                .containsExactly("payloadBytes=64,transport=udp");
        assertThat(other.cells(CaseFilter.ALL.and("payloadBytes", Set.of("4096"))))
                .isEmpty();
        assertThat(other.cells(CaseFilter.ALL.and("api", Set.of("sync")))).hasSize(1);
    }

    @Test
    void whatIsLeftToLargerBudgetsIsMeasuredWithThemOrWhenItIsAskedFor() throws ManifestException {
        folder.write("other.yaml", jigs("""
                    cases: {transport: [local], payloadBytes: [64]}
                    larger: {transport: [shm]}
                    more: {transport: [udp], payloadBytes: [4096]}
                """));
        final AdopterManifest other =
                Objects.requireNonNull(folder.load().adopters().get("other"));

        assertThat(other.cells(CaseFilter.ALL))
                .extracting(CellKey::caseId)
                .containsExactly("payloadBytes=64,transport=local");
        assertThat(other.cells(CaseFilter.ALL.withLarger(true)))
                .extracting(CellKey::caseId)
                .containsExactly("payloadBytes=64,transport=local", "payloadBytes=64,transport=shm");
        assertThat(other.cells(CaseFilter.ALL.and("transport", Set.of("shm", "udp"))))
                .extracting(CellKey::caseId)
                .containsExactly("payloadBytes=64,transport=shm", "payloadBytes=64,transport=udp");
    }

    @Test
    void aValueIsInOnePlaceOnlyAndItsSettingAmongTheCases() {
        assertThat(folder.problemsOf(jigs("""
                            cases: {transport: [local]}
                            larger: {transport: [local, shm], size: [1]}
                            more: {transport: [shm]}
                        """)))
                .containsExactlyInAnyOrder(
                        "11: 'larger' has setting 'size', which 'cases' has not; write what is measured by default there",
                        "11: 'larger' has 'local', which 'cases' has too; keep one of them",
                        "12: 'more' has 'shm', which 'larger' has too; keep one of them");
    }

    private static String jigs(final String cases) {
        return """
                kind: adopter
                name: other
                subject: transport-runtime
                source: {git: "https://git.example.org/other.git", ref: 8f1c0e2b9a7d46c35e1f0a2b3c4d5e6f70819a2b}
                build: {none: true}
                test: {none: true}
                jigs:
                  - name: loop
                    command: [loop]
                """ + cases.lines().map(line -> "    " + line.strip() + "\n").collect(Collectors.joining());
    }

    @Test
    void aManifestThatSetsNoLimitsGetsTheDefaults() throws ManifestException {
        folder.write("other.yaml", """
                kind: adopter
                name: other
                subject: transport-runtime
                source: {git: "https://git.example.org/other.git", ref: 8f1c0e2b9a7d46c35e1f0a2b3c4d5e6f70819a2b}
                build: {javac: {classpath: ["dev.maar:transport-runtime", "org.example:lib:1.2"]}}
                test: {command: [make, check], junitXml: "out/*.xml"}
                """);

        final AdopterManifest other =
                Objects.requireNonNull(folder.load().adopters().get("other"));

        assertThat(other.source())
                .isEqualTo(new Source.Git(
                        "https://git.example.org/other.git", "8f1c0e2b9a7d46c35e1f0a2b3c4d5e6f70819a2b"));
        assertThat(other.test()).isEqualTo(new AdopterRecipe.CommandTest(List.of("make", "check"), "out/*.xml"));
        assertThat(other.timeouts()).isEqualTo(new AdopterRecipe.Timeouts(600_000, 600_000, 300_000));
        assertThat(other.resources()).isEqualTo(new AdopterRecipe.Resources(1L << 30, 256));
    }

    @Test
    void manifestsInSubjectsAreReadAndAppsAreNot() throws ManifestException {
        folder.write(
                "subjects/library.yaml",
                ManifestFolder.SUBJECT.replace("transport-runtime", "library").replace("path: ..", "path: ../.."));
        folder.write("apps/telemetry-hub/application.yaml", "server: {port: 80}\n");
        folder.write("notes.txt", "not a manifest");
        folder.write(".hidden.yaml", "not: a manifest");

        assertThat(folder.load().subjects()).containsOnlyKeys("library", "transport-runtime");
    }

    @Test
    void everyMistakeOfAFileIsReportedWithItsLine() {
        assertThat(folder.problemsOf("""
                        kind: adopter
                        name: Telemetry_Hub
                        subject: transport-runtim
                        source: {path: ../apps}
                        build: {maven: {versionProperty: [a]}}
                        jig:
                          - name: x
                        labels: streaming
                        timeouts: {build: 10 minutes}
                        """))
                .satisfiesExactly(
                        missing -> assertThat(missing).startsWith("1: 'test' is missing; add it, for example 'test: "),
                        name -> assertThat(name).startsWith("2: 'name' is 'Telemetry_Hub'; write lower-case"),
                        path -> assertThat(path).startsWith("4: path '../apps' leaves the manifest's folder"),
                        type -> assertThat(type).startsWith("5: 'versionProperty' is a list; write"),
                        key -> assertThat(key).isEqualTo("6: unknown key 'jig'; did you mean 'jigs'?"),
                        list -> assertThat(list).startsWith("8: 'labels' is a text; write a list"),
                        time -> assertThat(time).startsWith("9: 'build' is '10 minutes'; write a duration"));
    }

    @Test
    void anUnknownSubjectIsNamedWithTheNearestOne() {
        assertThat(folder.problemsOf(
                        ManifestFolder.ADOPTER.replace("subject: transport-runtime", "subject: transport-runtim")))
                .containsExactly("4: unknown subject 'transport-runtim'; did you mean 'transport-runtime'?");
    }

    @Test
    void theMistakesOfSeveralFilesAreReportedTogether() {
        folder.write("a.yaml", "kind: subject\nname: a\nbuild: {none: true}\n");
        folder.write("b.yaml", "kind: adpter\n");

        assertThatThrownBy(() -> folder.load())
                .isInstanceOf(ManifestException.class)
                .hasMessageContaining("a.yaml:1: neither 'source' nor 'artifact' is there")
                .hasMessageContaining("b.yaml:1: 'kind' is 'adpter'; write subject or adopter");
    }

    @Test
    void duplicateKeysAreReportedWithBothLines() {
        assertThat(folder.problemsOf(ManifestFolder.ADOPTER + "labels: [other]\n"))
                .containsExactly("20: duplicate key 'labels', first in line 15; keep one of them");
    }

    @Test
    void aNameThatIsTakenNamesTheOtherFile() {
        folder.write("first.yaml", ManifestFolder.ADOPTER);

        assertThat(folder.problemsOf(ManifestFolder.ADOPTER))
                .singleElement()
                .asString()
                .startsWith("2: the name 'telemetry-hub' is taken by ")
                .contains("first.yaml");
    }

    @Test
    void aJigIsAClassOrACommandAndNotBoth() {
        final String jig = """
                  - name: third
                    class: com.example.Third
                    command: [third]
                    cases: {transport: []}
                  - name: fan-in
                    cases: {}
                """;
        final String text = ManifestFolder.ADOPTER.replace("labels:", jig + "labels:");

        assertThat(folder.problemsOf(text))
                .containsExactly(
                        "8: two jigs are named 'fan-in'; rename one",
                        "17: a jig has both 'class' and 'command'; keep one of class, command",
                        "18: setting 'transport' is empty; write at least one value",
                        "19: a jig says nothing; write one of class, command",
                        "20: 'cases' is empty; write at least one, such as {transport: [local, shm]}");
    }

    @Test
    void aLinkOutOfTheFolderIsNotFollowed() throws IOException {
        Files.createSymbolicLink(folder.manifests.resolve("apps/link"), checkout);

        assertThat(folder.problemsOf(ManifestFolder.ADOPTER.replace("apps/telemetry-hub", "apps/link")))
                .singleElement()
                .asString()
                .startsWith("5: path 'apps/link' is a link that leaves the manifest's folder");
    }

    @Test
    void aSubjectMayNotLeaveItsCheckout() {
        assertThat(folder.problemsOf(ManifestFolder.SUBJECT
                        .replace("name: transport-runtime", "name: far")
                        .replace("path: ..", "path: ../..")))
                .singleElement()
                .asString()
                .startsWith("4: path '../..' leaves the git checkout");
    }

    @Test
    void textThatIsNoYamlIsReportedWithItsLine() {
        assertThat(folder.problemsOf("kind: adopter\nname: [a\n"))
                .singleElement()
                .asString()
                .matches("[23]: this is no YAML: .*check indentation, colons and quotes");
        assertThat(folder.problemsOf("kind: adopter\nowners: [@me]\n"))
                .singleElement()
                .asString()
                .startsWith("2: this is no YAML: found character")
                .endsWith("put the value in quotes");
    }

    @Test
    void aliasesAndSecondDocumentsAreRefused() {
        assertThat(folder.problemsOf(ManifestFolder.ADOPTER
                        .replace("name: telemetry-hub", "name: &n telemetry-hub")
                        .replace("description: collects readings", "description: *n")))
                .containsExactly("3: aliases (*n) are not supported; write the value again");
        assertThat(folder.problemsOf(ManifestFolder.ADOPTER + "---\nkind: adopter\n"))
                .containsExactly("21: a second document begins here; write one manifest a file");
    }

    @Test
    void emptyListedAndMistypedFilesAreReported() {
        assertThat(folder.problemsOf(""))
                .containsExactly("0: the file is empty; a manifest begins with 'kind: subject' or 'kind: adopter'");
        assertThat(folder.problemsOf("- kind\n"))
                .containsExactly("1: a manifest is a mapping of keys to values, this is a list");
        assertThat(folder.problemsOf("knd: adopter\n"))
                .containsExactly("1: 'kind' is missing; add it, for example 'kind: adopter'");
    }

    @Test
    void whatAMessageShowsOfAFileObeysNoTerminal() {
        assertThat(folder.problemsOf("kind: \"a\\e[31m\\u202e" + "x".repeat(200) + "\"\n"))
                .singleElement()
                .asString()
                .startsWith("1: 'kind' is 'a?[31m?xxx")
                .contains("...'")
                .doesNotContain("\u001b");
    }

    @Test
    void onlyTheSubjectsArtifactComesWithoutAVersion() {
        final String build = "build: {javac: {classpath: [\"dev.maar:transport-runtime:1\", \"a:b\"]}}";

        assertThat(folder.problemsOf(ManifestFolder.ADOPTER
                        .replace("build: {maven: {versionProperty: transport-runtime.version}}", build)
                        .replace("test: {maven: {}}", "test: {none: true}")))
                .containsExactly(
                        "6: 'dev.maar:transport-runtime:1' has a version; write 'dev.maar:transport-runtime', "
                                + "the side gives the version",
                        "6: 'a:b' has no version; only the subject's artifact, dev.maar:transport-runtime, comes without one");
    }

    @Test
    void aFolderThatIsNotThereSaysWhatToDo() {
        assertThatThrownBy(() -> Manifests.load(List.of(checkout.resolve("nowhere"))))
                .isInstanceOf(ManifestException.class)
                .hasMessageEndingWith("nowhere: there is no such folder; pass --manifests DIR");
        assertThatThrownBy(() -> Manifests.load(List.of(folder.manifests.resolve("apps"))))
                .isInstanceOf(ManifestException.class)
                .hasMessageContaining("apps: no manifests are here");
    }

    private AdopterManifest hub() throws ManifestException {
        folder.write("hub.yaml", ManifestFolder.ADOPTER);
        return Objects.requireNonNull(folder.load().adopters().get("telemetry-hub"));
    }
}
