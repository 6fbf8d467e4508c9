package dev.maar.agent.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maar.agent.job.AdopterRecipe;
import dev.maar.agent.job.Side;
import dev.maar.agent.job.SideName;
import dev.maar.agent.job.Stage;
import dev.maar.agent.job.StageStatus;
import dev.maar.agent.job.TestOutcome;
import dev.maar.agent.job.TestResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A real subject and a real adopter, built and tested by Maven. One subject for all tests: a call of Maven costs seconds. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MavenBuildsTest {

    private static final Set<Stage> BUILD = Set.of(Stage.BUILD);
    private static final Set<Stage> BUILD_AND_TEST = Set.of(Stage.BUILD, Stage.TEST);

    private Demo demo;
    private SubjectBuilder subjects;
    private AdopterBuilder adopters;
    private AdopterTester tester;

    @BeforeAll
    void prepare(@TempDir final Path folder) throws Exception {
        demo = new Demo(folder.toRealPath());
        subjects = new SubjectBuilder(demo.context);
        adopters = new AdopterBuilder(demo.context);
        tester = new AdopterTester(demo.context);
        demo.write("app/pom.xml", Demo.ADOPTER_POM);
        demo.write("app/src/main/java/org/app/App.java", """
                package org.app;
                import org.demo.Channel;
                public final class App {
                    public static long send(long value) {
                        final Channel channel = new Channel();
                        channel.tryPublish(value);
                        return channel.last();
                    }
                }
                """);
        demo.write("app/src/main/java/org/app/AppJig.java", """
                package org.app;
                abstract class AppJig implements dev.maar.jig.Jig {}
                """);
        demo.write("app/src/test/java/org/app/AppTest.java", """
                package org.app;
                import static org.junit.jupiter.api.Assertions.*;
                import org.junit.jupiter.api.*;
                class AppTest {
                    @Test void sends() { assertEquals(7, App.send(7)); }
                    @Test void sendsNegative() { assertEquals(-7, App.send(-7)); }
                    @Test @Disabled("later") void sendsLater() {}
                }
                """);
    }

    @AfterAll
    void close() throws Exception {
        demo.close();
    }

    @Test
    @Order(1)
    void theSubjectsArtifactIsInTheFarmsRepositoryUnderAVersionOfItsContentAndNotInTheUsers() throws Exception {
        final SubjectBuild build = subjects.build(demo.subject(), demo.side(SideName.A, "main"), demo.source);

        assertThat(build.outcome().build().status())
                .as(build.outcome().build().reason())
                .isEqualTo(StageStatus.PASS);
        final SubjectArtifact artifact = build.artifact().orElseThrow();
        assertThat(artifact.version()).matches("1\\.0-SNAPSHOT-[0-9a-f]{12}");
        assertThat(artifact.entry()).isEqualTo("org/demo/Channel.class");
        final Path installed = demo.context.repository().jar("org.demo:channel", artifact.version());
        assertThat(installed).hasSameBinaryContentAs(artifact.jar().orElseThrow());
        final String pom =
                Files.readString(Path.of(installed.toString().replace(".jar", ".pom")), StandardCharsets.UTF_8);
        assertThat(pom)
                .contains("<version>" + artifact.version() + "</version>")
                .doesNotContain("<parent>");
        assertThat(demo.context.repository().jar("org.demo:wire", artifact.version()))
                .as("the sibling it needs")
                .exists();
        assertThat(demo.context.repository().jar("org.demo:tools", artifact.version()))
                .doesNotExist();
        assertThat(Path.of(System.getProperty("user.home"), ".m2/repository/org/demo/channel"))
                .doesNotExist();
    }

    @Test
    @Order(2)
    void anEditThatTheArtifactDoesNotDependOnCostsNoBuild() throws Exception {
        final SubjectArtifact before = artifact(demo.side(SideName.A, "main"));
        demo.begun.clear();
        demo.write("repository/docs/readme.txt", "two");
        demo.write("repository/tools/src/main/java/Tool.java", "still does not compile");
        final Side edited = demo.side(SideName.B, "CURRENT");

        final SubjectBuild build = subjects.build(demo.subject(), edited, demo.source);

        assertThat(edited.dirty()).isTrue();
        assertThat(build.outcome().build().cached()).isTrue();
        assertThat(build.artifact().orElseThrow().version()).isEqualTo(before.version());
        assertThat(demo.begun).isEmpty();
    }

    @Test
    @Order(2)
    void anEditInAModuleThatItNeedsGivesAnotherVersionToBoth() throws Exception {
        final SubjectArtifact before = artifact(demo.side(SideName.A, "main"));
        demo.write(
                "repository/wire/src/main/java/org/demo/Wire.java",
                "package org.demo; public interface Wire { int WIDTH = 9; }");

        final SubjectArtifact after = artifact(demo.side(SideName.B, "CURRENT"));

        assertThat(after.version()).isNotEqualTo(before.version());
        assertThat(after.sha256()).as("the channel's own classes are the same").isEqualTo(before.sha256());
        assertThat(demo.context.repository().jar("org.demo:wire", after.version()))
                .exists();
        demo.git("checkout", "-q", "--", "wire");
    }

    @Test
    @Order(3)
    void anAdopterIsBuiltAndTestedOnceForEqualSides() throws Exception {
        final AdopterRecipe recipe = app();
        final Side a = demo.side(SideName.A, "main");
        final Side b = demo.side(SideName.B, "HEAD");
        demo.begun.clear();

        final BuiltAdopter builtA = adopters.build(recipe, artifact(a), a, BUILD_AND_TEST);
        final TestOutcome testedA = tester.test(recipe, builtA, artifact(a), a);
        final BuiltAdopter builtB = adopters.build(recipe, artifact(b), b, BUILD_AND_TEST);
        final TestOutcome testedB = tester.test(recipe, builtB, artifact(b), b);

        assertThat(builtA.outcome().status()).as(builtA.outcome().reason()).isEqualTo(StageStatus.PASS);
        assertThat(builtB.key()).isEqualTo(builtA.key());
        assertThat(builtB.classPath()).isEqualTo(builtA.classPath());
        assertThat(builtB.outcome().cached()).isTrue();
        assertThat(testedA.status()).as(testedA.reason()).isEqualTo(StageStatus.PASS);
        assertThat(testedA.tests())
                .containsOnlyKeys(
                        "org.app.AppTest#sends", "org.app.AppTest#sendsNegative", "org.app.AppTest#sendsLater");
        assertThat(testedA.count(TestResult.Status.SKIPPED)).isEqualTo(1);
        assertThat(testedB.cached()).isTrue();
        assertThat(testedB.tests()).isEqualTo(testedA.tests());
        assertThat(demo.begun).containsExactly("building and testing app, side a");
        assertThat(builtA.classPath()).allSatisfy(entry -> assertThat(entry).exists());
        assertThat(builtA.classPath())
                .startsWith(
                        builtA.directory().resolve("target/test-classes"),
                        builtA.directory().resolve("target/classes"));
        assertThat(builtA.classPath())
                .contains(
                        demo.context.jigJar(),
                        demo.context
                                .repository()
                                .jar("org.demo:channel", artifact(a).version()));
    }

    @Test
    @Order(4)
    void aMethodThatIsGoneFailsTheBuildWithItsName() throws Exception {
        demo.write("repository/channel/src/main/java/org/demo/Channel.java", Demo.channel("offer"));
        final Side b = demo.side(SideName.B, "CURRENT");

        final BuiltAdopter built = adopters.build(app(), artifact(b), b, BUILD_AND_TEST);

        assertThat(built.outcome().status()).isEqualTo(StageStatus.FAIL);
        assertThat(built.outcome().reason())
                .isEqualTo(
                        "App.java:[6,16] cannot find symbol: method tryPublish(long), location: variable channel of type"
                                + " org.demo.Channel");
        assertThat(tester.test(app(), built, artifact(b), b).status()).isEqualTo(StageStatus.SKIPPED);
        assertThat(adopters.build(app(), artifact(b), b, BUILD).outcome().cached())
                .isTrue();
    }

    @Test
    @Order(5)
    void aTestThatFailsOnOneSideIsNamed() throws Exception {
        demo.write(
                "repository/channel/src/main/java/org/demo/Channel.java",
                Demo.channel("tryPublish").replace("last = value;", "last = Math.abs(value);"));
        final Side b = demo.side(SideName.B, "CURRENT");

        final BuiltAdopter built = adopters.build(app(), artifact(b), b, BUILD);
        final TestOutcome tested = tester.test(app(), built, artifact(b), b);

        assertThat(built.passed()).isTrue();
        assertThat(tested.status()).isEqualTo(StageStatus.FAIL);
        assertThat(tested.reason()).isEqualTo("1 of 3 tests failed: org.app.AppTest#sendsNegative");
        assertThat(tested.tests().get("org.app.AppTest#sendsNegative"))
                .isEqualTo(
                        new TestResult(TestResult.Status.FAILED, "AssertionFailedError: expected: <-7> but was: <7>"));
        assertThat(tester.test(app(), adopters.build(app(), artifact(b), b, BUILD), artifact(b), b)
                        .cached())
                .isTrue();
    }

    @Test
    @Order(6)
    void aSubjectThatDoesNotCompileFailsWithTheReason() throws Exception {
        demo.write(
                "repository/channel/src/main/java/org/demo/Channel.java",
                "package org.demo; public class Channel { int x = y; }\n");

        final SubjectBuild build = subjects.build(demo.subject(), demo.side(SideName.B, "CURRENT"), demo.source);

        assertThat(build.artifact()).isEmpty();
        assertThat(build.outcome().build().status()).isEqualTo(StageStatus.FAIL);
        assertThat(build.outcome().build().reason())
                .isEqualTo("Channel.java:[1,50] cannot find symbol: variable y, location: class org.demo.Channel");
    }

    @Test
    @Order(7)
    void twoBuildersOfOneSideAtOnceBuildItOnce() throws Exception {
        demo.write(
                "repository/channel/src/main/java/org/demo/Channel.java",
                Demo.channel("tryPublish")
                        .replace("last;", "last;\n    private int more;")
                        .replace("return last;\n    private int more;", "return last;"));
        final Side b = demo.side(SideName.B, "CURRENT");
        demo.begun.clear();

        final List<CompletableFuture<SubjectBuild>> builds = Stream.generate(() -> CompletableFuture.supplyAsync(
                        () -> unchecked(() -> subjects.build(demo.subject(), b, demo.source))))
                .limit(2)
                .toList();

        assertThat(builds)
                .allSatisfy(build -> assertThat(build.join().artifact()).isPresent());
        assertThat(demo.begun).containsExactly("building subject demo, side b");
    }

    private AdopterRecipe app() throws Exception {
        return demo.adopter(
                "app",
                new AdopterRecipe.MavenBuild("channel.version", List.of()),
                new AdopterRecipe.MavenTest(List.of()));
    }

    private SubjectArtifact artifact(final Side side) throws Exception {
        return subjects.build(demo.subject(), side, demo.source).artifact().orElseThrow();
    }

    private static <T> T unchecked(final Callable<T> task) {
        try {
            return task.call();
        } catch (final Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
