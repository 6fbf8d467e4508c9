package dev.maar.agent.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.maar.agent.job.AdopterRecipe;
import dev.maar.agent.job.AdopterRecipe.CommandBuild;
import dev.maar.agent.job.AdopterRecipe.CommandTest;
import dev.maar.agent.job.AdopterRecipe.JavacBuild;
import dev.maar.agent.job.AdopterRecipe.NoBuild;
import dev.maar.agent.job.AdopterRecipe.NoTest;
import dev.maar.agent.job.AdopterRecipe.Timeouts;
import dev.maar.agent.job.Side;
import dev.maar.agent.job.SideName;
import dev.maar.agent.job.Stage;
import dev.maar.agent.job.StageStatus;
import dev.maar.agent.job.SubjectRecipe;
import dev.maar.agent.job.TestOutcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Subjects and adopters that commands, or javac alone, build. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommandBuildsTest {

    private static final Set<Stage> BUILD = Set.of(Stage.BUILD);
    private static final String MAKE_JAR =
            "mkdir -p out && javac -d out $(find channel wire -name '*.java') && jar -c -f lib.jar -C out .";

    private Path folder;

    private Demo demo;
    private AdopterBuilder adopters;
    private AdopterTester tester;
    private Side side;

    @BeforeAll
    void prepare(@TempDir final Path given) throws Exception {
        folder = given.toRealPath();
        demo = new Demo(folder);
        adopters = new AdopterBuilder(demo.context);
        tester = new AdopterTester(demo.context);
        side = demo.side(SideName.A, "main");
    }

    @AfterAll
    void close() throws Exception {
        demo.close();
    }

    @Test
    void aCommandMakesTheSubjectAndJavacTheAdopter() throws Exception {
        demo.write("bare1/src/Sender.java", """
                public class Sender extends Base { boolean send() { return new org.demo.Channel().tryPublish(1); } }
                abstract class Base implements dev.maar.jig.Jig {
                    public void setUp(dev.maar.jig.Case setting) {} public void run(long n) {}
                    public dev.maar.jig.Check check() { return null; } public void close() {}
                }
                """);
        final SubjectArtifact subject =
                subject(List.of("sh", "-c", MAKE_JAR), "*.jar").artifact().orElseThrow();
        final AdopterRecipe recipe = demo.adopter("bare1", new JavacBuild(List.of("org.demo:channel")), new NoTest());

        final BuiltAdopter built = adopters.build(recipe, subject, side, BUILD);

        assertThat(built.outcome().status()).as(built.outcome().reason()).isEqualTo(StageStatus.PASS);
        assertThat(built.classPath().get(0).resolve("Sender.class")).exists();
        assertThat(built.classPath())
                .contains(demo.context.jigJar(), demo.context.repository().jar("org.demo:channel", subject.version()));
        assertThat(subject.version()).matches("0-[0-9a-f]{12}");
        assertThat(adopters.build(recipe, subject, side, BUILD).outcome().cached())
                .isTrue();
        assertThat(tester.test(recipe, built, subject, side).status()).isEqualTo(StageStatus.SKIPPED);
    }

    @Test
    void whatLinksNameIsNotReadForWhatABuildLeft() throws Exception {
        demo.write("elsewhere/secret.xml", "<testsuite><testcase classname='S' name='s'/></testsuite>");
        final Path secret = folder.resolve("elsewhere/secret.xml");
        demo.write("links/run.sh", "ln -s " + secret + " results.xml; ln -s " + secret + " $MAAR_WORK_DIR/classpath");
        final AdopterRecipe recipe = demo.adopter(
                "links",
                new CommandBuild(List.of("sh", "run.sh")),
                new CommandTest(List.of("ln", "-sf", secret.toString(), "results.xml"), "*.xml"));

        final BuiltAdopter built = adopters.build(recipe, unbuilt(), side, BUILD);

        assertThat(built.outcome().status()).as(built.outcome().reason()).isEqualTo(StageStatus.PASS);
        assertThat(built.classPath()).containsExactly(demo.context.jigJar());
        assertThat(tester.test(recipe, built, unbuilt(), side).reason())
                .isEqualTo("the command succeeded but wrote no results: nothing matches *.xml");
        assertThat(subject(List.of("ln", "-s", secret.toString(), "made.jar"), "made.jar")
                        .outcome()
                        .build()
                        .reason())
                .contains("left no file that matches made.jar");
    }

    @Test
    void javacsErrorsAreTheReasonAndAreKept() throws Exception {
        demo.write("bare2/Sender.java", "class Sender {\n  String s = 1;\n}\n");
        final AdopterRecipe recipe = demo.adopter("bare2", new JavacBuild(List.of()), new NoTest());

        final BuiltAdopter built = adopters.build(recipe, unbuilt(), side, BUILD);

        assertThat(built.outcome().status()).isEqualTo(StageStatus.FAIL);
        assertThat(built.outcome().reason())
                .isEqualTo("Sender.java:[2] incompatible types: int cannot be converted to String");
        assertThat(adopters.build(recipe, unbuilt(), side, BUILD).outcome().cached())
                .isTrue();
    }

    @Test
    void aClassPathEntryWithoutAVersionMustBeTheSubject() throws Exception {
        demo.write("bare3/Sender.java", "class Sender {}");
        final AdopterRecipe recipe = demo.adopter("bare3", new JavacBuild(List.of("org.other:lib")), new NoTest());

        assertThat(adopters.build(recipe, unbuilt(), side, BUILD).outcome().reason())
                .contains("'org.other:lib'");
    }

    @Test
    void commandsSeeTheVariablesInArgumentsAndEnvironment() throws Exception {
        demo.write(
                "app4/run.sh",
                "printf '%s ' \"$@\" $MAAR_SIDE $MAAR_SUBJECT_DIR $MAAR_WORK_DIR > seen; pwd >> seen; env > environment");
        final AdopterRecipe recipe = demo.adopter(
                "app4",
                new CommandBuild(
                        List.of("sh", "run.sh", "${side}", "${subject.version}", "${adopter.dir}", "${other}")),
                new NoTest());
        final SubjectArtifact subject = unbuilt();

        final BuiltAdopter built = adopters.build(recipe, subject, side, BUILD);

        assertThat(built.outcome().status()).as(built.outcome().reason()).isEqualTo(StageStatus.PASS);
        final Path own = built.directory();
        assertThat(own.resolve("seen"))
                .hasContent(String.join(
                        " ",
                        "a",
                        subject.version(),
                        own.toString(),
                        "${other}",
                        "a",
                        subject.directory().toString(),
                        own.resolveSibling("work").toString(),
                        own.toString()));
        assertThat(subject.directory().resolve("docs/readme.txt")).hasContent("one");
        assertThat(Files.readAllLines(own.resolve("environment")))
                .noneMatch(line -> line.startsWith("MAVEN") || line.contains("TOKEN"));
    }

    @Test
    void aCommandThatIsToldItsSideIsNotSharedByTheSides() throws Exception {
        demo.write("app5/x", "");
        final AdopterRecipe command = demo.adopter("app5", new CommandBuild(List.of("true")), new NoTest());
        final AdopterRecipe nothing = demo.adopter("app5", new NoBuild(), new NoTest());
        final Side b = demo.side(SideName.B, "main");

        assertThat(adopters.build(command, unbuilt(), side, BUILD).key())
                .isNotEqualTo(adopters.build(command, unbuilt(), b, BUILD).key());
        assertThat(adopters.build(nothing, unbuilt(), side, BUILD).key())
                .isEqualTo(adopters.build(nothing, unbuilt(), b, BUILD).key());
    }

    @Test
    void aCommandsTestsAreReadFromItsJUnitXml() throws Exception {
        demo.write("app6/old.xml", "<testsuite><testcase classname=\"old\" name=\"result\"/></testsuite>");
        demo.write("app6/t.sh", """
                mkdir -p r; echo '<testsuite><testcase classname="m" name="ok"/><testcase classname="m" name="'$WORD'"><failure message="no"/>\
                </testcase></testsuite>' > r/t.xml; exit 1
                """);
        final AdopterRecipe recipe =
                demo.adopter("app6", new NoBuild(), new CommandTest(List.of("sh", "t.sh"), "**/*.xml"));
        final Side said = demo.side(SideName.A, "main+env=WORD=bad");
        final BuiltAdopter built = adopters.build(recipe, unbuilt(), said, BUILD);

        final TestOutcome tested = tester.test(recipe, built, unbuilt(), said);

        assertThat(tested.status()).isEqualTo(StageStatus.FAIL);
        assertThat(tested.tests()).containsOnlyKeys("m#ok", "m#bad");
        assertThat(tested.reason()).isEqualTo("1 of 2 tests failed: m#bad");
        assertThat(tester.test(recipe, built, unbuilt(), said).cached()).isTrue();
    }

    @Test
    void testsThatSayNothingAreNeitherPassedNorKept() throws Exception {
        demo.write("app7/x", "");
        final AdopterRecipe recipe = demo.adopter("app7", new NoBuild(), new CommandTest(List.of("true"), "r/*.xml"));
        final BuiltAdopter built = adopters.build(recipe, unbuilt(), side, BUILD);

        assertThat(tester.test(recipe, built, unbuilt(), side).status()).isEqualTo(StageStatus.INFRA);
        assertThat(tester.test(recipe, built, unbuilt(), side).cached()).isFalse();
    }

    @Test
    void aBuildThatTakesTooLongIsStoppedAndIsNotKept() throws Exception {
        demo.write("app8/x", "");
        final AdopterRecipe slow =
                limited("app8", new CommandBuild(List.of("sleep", "600")), new Timeouts(300, 300, 60_000));
        final AdopterRecipe silent =
                limited("app8", new CommandBuild(List.of("sleep", "601")), new Timeouts(60_000, 60_000, 300));

        final BuiltAdopter stopped = adopters.build(slow, unbuilt(), side, BUILD);

        assertThat(stopped.outcome().status()).isEqualTo(StageStatus.INFRA);
        assertThat(stopped.outcome().reason())
                .isEqualTo("the build took longer than its limit of 0.3 s and was stopped");
        assertThat(adopters.build(slow, unbuilt(), side, BUILD).outcome().cached())
                .isFalse();
        assertThat(adopters.build(silent, unbuilt(), side, BUILD).outcome().reason())
                .isEqualTo("the build said nothing for 0.3 s and was stopped");
    }

    @Test
    void anInterruptedBuildIsGoneAtOnceAndTheNextOneSucceeds() throws Exception {
        final Path started = folder.resolve("started9");
        demo.write("app9/x", "");
        final AdopterRecipe recipe = demo.adopter("app9", waitsUnlessTold(started), new NoTest());
        final AtomicReference<Exception> thrown = new AtomicReference<>();
        final SubjectArtifact subject = unbuilt();
        final Thread builder = new Thread(() -> {
            try {
                adopters.build(recipe, subject, side, BUILD);
            } catch (final Exception e) {
                thrown.set(e);
            }
        });
        builder.start();
        final long pid = pidIn(started);

        builder.interrupt();
        builder.join();

        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        assertThat(isAlive(pid)).isFalse();
        Files.createFile(folder.resolve("started9.go"));
        assertThat(adopters.build(recipe, subject, side, BUILD).passed()).isTrue();
    }

    @Test
    void aBuilderKilledInMidBuildLeavesTheCacheUsableAndNothingRunning() throws Exception {
        final Path started = folder.resolve("started10");
        final Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Builder.class.getName(),
                        folder.toString(),
                        started.toString())
                .inheritIO()
                .start();
        final long pid = pidIn(started);
        final CompletableFuture<SubjectBuild> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return subject(waitsUnlessTold(started).command(), "*.jar");
            } catch (final Exception e) {
                throw new IllegalStateException(e);
            }
        });
        Files.createFile(folder.resolve("started10.go"));
        assertThat(waiting).isNotDone();

        other.destroyForcibly().waitFor();

        assertThat(waiting.join().artifact()).as("%s", waiting.join()).isPresent();
        await().atMost(Duration.ofSeconds(20)).until(() -> !isAlive(pid));
    }

    @Test
    void aDamagedArtifactIsBuiltAgain() throws Exception {
        final List<String> command = List.of("sh", "-c", MAKE_JAR);
        final SubjectArtifact subject = subject(command, "*.jar").artifact().orElseThrow();
        Files.writeString(subject.jar().orElseThrow(), "cut off");

        final SubjectBuild again = subject(command, "*.jar");

        assertThat(again.outcome().build().cached()).isFalse();
        assertThat(demo.context
                        .repository()
                        .jar("org.demo:channel", again.outcome().version()))
                .hasSameBinaryContentAs(again.artifact().orElseThrow().jar().orElseThrow());
    }

    @Test
    void aCommandThatLeavesNoJarFailsWithWhatIsMissing() throws Exception {
        final SubjectBuild build = subject(List.of("true"), "*.jar");

        assertThat(build.outcome().build().status()).isEqualTo(StageStatus.FAIL);
        assertThat(build.outcome().build().reason()).contains("no file").contains("*.jar");
        assertThat(subject(List.of("sh", "-c", "echo 'Error: wrong moon'; exit 4"), "*.jar")
                        .outcome()
                        .build()
                        .reason())
                .isEqualTo("Error: wrong moon");
    }

    @Test
    void aProgramThatIsNotThereIsSaidSo() throws Exception {
        demo.write("app13/x", "");
        final AdopterRecipe recipe = demo.adopter("app13", new CommandBuild(List.of("no-such-program")), new NoTest());

        final BuiltAdopter built = adopters.build(recipe, unbuilt(), side, BUILD);

        assertThat(built.outcome().status()).isEqualTo(StageStatus.FAIL);
        assertThat(built.outcome().reason()).contains("no-such-program");
    }

    private AdopterRecipe limited(final String name, final AdopterRecipe.Build build, final Timeouts timeouts)
            throws Exception {
        final AdopterRecipe plain = demo.adopter(name, build, new NoTest());
        return new AdopterRecipe(
                plain.name(),
                plain.directory(),
                plain.contentSha256(),
                plain.build(),
                plain.test(),
                plain.jigs(),
                timeouts,
                plain.resources());
    }

    /** Writes its process id; goes on at once when the file of that name with {@code .go} is there, and otherwise never. */
    private CommandBuild waitsUnlessTold(final Path started) {
        return Builder.command(started);
    }

    private static long pidIn(final Path file) throws Exception {
        await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(file) && Files.size(file) > 1);
        return Long.parseLong(Files.readString(file).strip());
    }

    private static boolean isAlive(final long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    private SubjectBuild subject(final List<String> command, final String jar) throws Exception {
        return Builder.build(demo, command, jar);
    }

    private SubjectArtifact unbuilt() throws Exception {
        final SubjectRecipe recipe =
                new SubjectRecipe("demo", "", demo.repository.toString(), new SubjectRecipe.None(), List.of());
        return new SubjectBuilder(demo.context)
                .build(recipe, side, demo.source)
                .artifact()
                .orElseThrow();
    }

    /** Another process that builds the subject, and never ends by itself. */
    static final class Builder {

        private Builder() {}

        /**
         * Builds in the folder that a test prepared.
         *
         * @param arguments the folder, and the file to write the process id to
         * @throws Exception when it can not
         */
        public static void main(final String[] arguments) throws Exception {
            final Path folder = Path.of(arguments[0]);
            final Demo demo = new Demo(folder);
            build(demo, command(Path.of(arguments[1])).command(), "*.jar");
        }

        static SubjectBuild build(final Demo demo, final List<String> command, final String jar) throws Exception {
            final SubjectRecipe recipe = new SubjectRecipe(
                    "demo",
                    "org.demo:channel",
                    demo.repository.toString(),
                    new SubjectRecipe.Command(command, jar),
                    List.of());
            return new SubjectBuilder(demo.context).build(recipe, demo.side(SideName.A, "main"), demo.source);
        }

        static CommandBuild command(final Path started) {
            return new CommandBuild(List.of(
                    "sh",
                    "-c",
                    "if [ ! -e \"$2\" ]; then echo $$ > \"$1\"; sleep 600; exit 1; fi; touch x; jar -c -f lib.jar x",
                    "sh",
                    started.toString(),
                    started + ".go"));
        }
    }
}
