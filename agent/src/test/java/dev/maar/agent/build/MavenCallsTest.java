package dev.maar.agent.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maar.agent.job.AdopterRecipe;
import dev.maar.agent.job.AdopterRecipe.MavenBuild;
import dev.maar.agent.job.AdopterRecipe.MavenTest;
import dev.maar.agent.job.AdopterRecipe.Timeouts;
import dev.maar.agent.job.Side;
import dev.maar.agent.job.SideName;
import dev.maar.agent.job.Stage;
import dev.maar.agent.job.StageStatus;
import dev.maar.agent.sandbox.Reaper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How Maven is called: the program is a script that notes its arguments and does what a test wants. */
class MavenCallsTest {

    private static final String BUILDS =
            "mkdir -p target/classes; echo \"$PWD/target/classes\" > target/maar-class-path\n";
    private static final String PASSES = """
            mkdir -p target/surefire-reports
            echo '<testsuite><testcase classname="a" name="x"/></testsuite>' > target/surefire-reports/TEST-a.xml
            """;
    private static final Set<Stage> BUILD = Set.of(Stage.BUILD);
    private static final Set<Stage> BUILD_AND_TEST = Set.of(Stage.BUILD, Stage.TEST);

    @TempDir
    Path folder;

    private Reaper reaper;
    private BuildContext context;
    private int subjects;

    @BeforeEach
    void prepare() throws Exception {
        reaper = Reaper.start();
        final Path jig = Files.createDirectories(folder.resolve("jig"));
        Files.writeString(jig.resolve("x"), "x");
        final Path jdk = Path.of(System.getProperty("java.home"));
        context = BuildContext.open(
                new BuildSettings(
                        folder.resolve("cache"),
                        jig,
                        Optional.empty(),
                        folder.resolve("mvn").toString(),
                        jdk,
                        Demo.TIMEOUTS),
                reaper,
                BuildProgress.SILENT);
        Files.createDirectories(folder.resolve("app"));
        Files.writeString(folder.resolve("app/pom.xml"), "<project/>");
    }

    @AfterEach
    void close() {
        reaper.close();
    }

    @Test
    void buildAndTestsAreOneCall() throws Exception {
        maven(BUILDS + PASSES);

        final BuiltAdopter built = build(app(), side(List.of()), BUILD_AND_TEST);

        assertThat(built.tested().orElseThrow().tests()).containsOnlyKeys("a#x");
        assertThat(calls())
                .singleElement()
                .asString()
                .contains("-Dmaven.repo.local=" + context.repository().directory())
                .contains("-Dchannel.version=1-abc")
                .contains("-Dmaar-jig.version=" + context.jigVersion())
                .contains("process-test-classes")
                .endsWith(" test");
    }

    @Test
    void flagsOfTheSideReachItsTestsOnlySoThatTheyCanNotBreakTheBuild() throws Exception {
        maven(BUILDS + PASSES + "echo \"[$JDK_JAVA_OPTIONS]\" >> \"$NOTES\"\n");
        final Side side = side(List.of("-XX:+UseZGC", "-Da=b c"));

        final BuiltAdopter built = build(app(), side, BUILD_AND_TEST);
        assertThat(built.tested()).isEmpty();
        assertThat(new AdopterTester(context)
                        .test(app(), built, subject(), side)
                        .status())
                .isEqualTo(StageStatus.PASS);

        assertThat(calls())
                .satisfiesExactly(
                        call -> assertThat(call)
                                .contains("process-test-classes")
                                .doesNotEndWith(" test"),
                        flags -> assertThat(flags).isEqualTo("[]"),
                        call -> assertThat(call).endsWith(" test"),
                        flags -> assertThat(flags).isEqualTo("[-Dsubject=1 -XX:+UseZGC \"-Da=b c\"]"));
    }

    @Test
    void onceEverythingWasThereTheNextCallIsOfflineAndOnlineAgainWhenThatWasWrong() throws Exception {
        maven(BUILDS);
        build(app(), side(List.of()), BUILD);
        maven(BUILDS);
        build(appWithAnotherSubject(), side(List.of()), BUILD);
        maven("case \"$*\" in *' -o '*) echo '[ERROR] Cannot access central in offline mode'; exit 1;; esac\n"
                + BUILDS);
        final BuiltAdopter built = build(appWithAnotherSubject(), side(List.of()), BUILD);

        assertThat(built.passed()).as(built.outcome().reason()).isTrue();
        assertThat(calls()).extracting(call -> call.contains(" -o ")).containsExactly(false, true, true, false);
    }

    @Test
    void aDownloadThatOnceFailedIsTriedAgain() throws Exception {
        maven("case \"$*\" in *' -U '*) " + BUILDS.strip() + "; exit 0;; esac\n"
                + "echo '[ERROR] org.x:y:jar:1 was not found in central during a previous attempt.'; exit 1\n");

        assertThat(build(app(), side(List.of()), BUILD).passed()).isTrue();
        assertThat(calls()).hasSize(2);
    }

    @Test
    void aDownloadThatFailsIsNoFailureOfTheAdopterAndIsNotKept() throws Exception {
        maven(
                "echo '[ERROR] Could not transfer artifact org.x:y:jar:1 from/to central (https://repo.example.org): refused'; exit 1\n");

        final BuiltAdopter built = build(app(), side(List.of()), BUILD);

        assertThat(built.outcome().status()).isEqualTo(StageStatus.INFRA);
        assertThat(built.outcome().reason()).contains("org.x:y:jar:1").doesNotContain("example.org");
        maven(BUILDS);
        assertThat(build(app(), side(List.of()), BUILD).passed()).isTrue();
    }

    @Test
    void testsThatHangDoNotSpoilTheBuildTheyCameWith() throws Exception {
        maven(BUILDS + "sleep 600\n");
        final AdopterRecipe recipe = app(new Timeouts(60_000, 200, 60_000));

        final BuiltAdopter built = build(recipe, side(List.of()), BUILD_AND_TEST);

        assertThat(built.passed()).isTrue();
        assertThat(built.tested().orElseThrow().status()).isEqualTo(StageStatus.INFRA);
        assertThat(built.tested().orElseThrow().reason())
                .isEqualTo("the test run took longer than its limit of 0.2 s and was stopped");
        maven(PASSES);
        final BuiltAdopter again = build(recipe, side(List.of()), BUILD_AND_TEST);
        assertThat(again.outcome().cached()).isTrue();
        assertThat(new AdopterTester(context)
                        .test(recipe, again, subject(), side(List.of()))
                        .status())
                .isEqualTo(StageStatus.PASS);
    }

    @Test
    void theBuildsOwnLimitHoldsUntilTheClassPathIsThere() throws Exception {
        maven("sleep 600\n");

        final BuiltAdopter built = build(app(new Timeouts(200, 60_000, 60_000)), side(List.of()), BUILD_AND_TEST);

        assertThat(built.outcome().status()).isEqualTo(StageStatus.INFRA);
        assertThat(built.outcome().reason()).isEqualTo("the build took longer than its limit of 0.2 s and was stopped");
    }

    @Test
    void modulesAreBuiltAndTestedApartAndTheirClassesAllCount() throws Exception {
        Files.writeString(folder.resolve("app/pom.xml"), "<project><modules><module>m</module></modules></project>");
        maven(
                "mkdir -p m/target/classes m/target/test-classes; echo \"$PWD/x.jar\" > m/target/maar-class-path; touch x.jar\n"
                        + BUILDS);

        final BuiltAdopter built = build(app(), side(List.of()), BUILD_AND_TEST);

        assertThat(built.tested()).isEmpty();
        assertThat(built.classPath())
                .contains(
                        built.directory().resolve("m/target/test-classes"),
                        built.directory().resolve("m/target/classes"),
                        built.directory().resolve("x.jar"));
    }

    private void maven(final String does) throws IOException {
        final Path script = folder.resolve("mvn");
        Files.writeString(
                script, "#!/bin/sh\nNOTES='" + folder.resolve("notes") + "'\necho \"$*\" >> \"$NOTES\"\n" + does);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private List<String> calls() throws IOException {
        return Files.readAllLines(folder.resolve("notes"));
    }

    private BuiltAdopter build(final AdopterRecipe recipe, final Side side, final Set<Stage> stages) throws Exception {
        return new AdopterBuilder(context).build(recipe, subject(), side, stages);
    }

    private AdopterRecipe app() {
        return app(Demo.TIMEOUTS);
    }

    /** The same files for Maven, but not the same build for the cache. */
    private AdopterRecipe appWithAnotherSubject() {
        subjects++;
        return app();
    }

    private AdopterRecipe app(final Timeouts timeouts) {
        return new AdopterRecipe(
                "app",
                folder.resolve("app").toString(),
                "content",
                new MavenBuild("channel.version", List.of()),
                new MavenTest(List.of()),
                List.of(),
                timeouts,
                new AdopterRecipe.Resources(1, 1));
    }

    private SubjectArtifact subject() {
        return new SubjectArtifact(
                "demo",
                "org.demo:channel",
                "1-abc" + (subjects == 0 ? "" : subjects),
                Optional.empty(),
                Optional.empty(),
                "sha" + subjects,
                "",
                "",
                folder,
                List.of("-Dsubject=1"));
    }

    private static Side side(final List<String> flags) {
        return new Side(SideName.A, "main", "", "tree", false, "", flags, Map.of(), List.of());
    }
}
