package dev.maar.coordinator.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.maar.agent.settings.Setting;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A git repository with a subject that Maven builds, one adopter with tests and a jig, and a {@code maar jig --watch} in a process of its own. */
final class EditedWorld implements AutoCloseable {

    private static final String PLUGINS = """
            <build><pluginManagement><plugins>
              <plugin><artifactId>maven-compiler-plugin</artifactId><version>3.16.0</version></plugin>
              <plugin><artifactId>maven-resources-plugin</artifactId><version>3.3.1</version></plugin>
              <plugin><artifactId>maven-surefire-plugin</artifactId><version>3.6.1</version></plugin>
              <plugin><artifactId>maven-jar-plugin</artifactId><version>3.4.2</version></plugin>
            </plugins></pluginManagement></build>
            <properties>
              <maven.compiler.release>17</maven.compiler.release>
              <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
              %s
            </properties>
            """;

    /** Work whose result is the same whatever is wasted meanwhile. */
    static final String LIBRARY = """
            package tiny;
            /** Works. */
            public final class Lib {
                private Lib() {}
                /** Works on a number. */
                public static int work(final int x) {
                    if (waste(x, 100) == Long.MIN_VALUE) { return 0; }
                    int y = x;
                    for (int i = 0; i < 100; i++) { y = y * 31 + i; }
                    return y;
                }
                private static long waste(final int x, final int times) {
                    long y = x;
                    for (int i = 0; i < times; i++) { y = y * 1_000_003 + i; }
                    return y;
                }
                /** An answer. */
                public static int answer() { return 42; }
            }
            """;

    private static final String SOURCE = "lib/src/main/java/tiny/Lib.java";

    private final Path root;
    private final List<Process> started = new ArrayList<>();

    EditedWorld(final Path root) throws Exception {
        this.root = root;
        write(".gitignore", "target/\n.maar/\n");
        write(
                "pom.xml",
                pom(
                        "dev.tiny",
                        "all",
                        PLUGINS.formatted("") + "<packaging>pom</packaging><modules><module>lib</module></modules>"));
        write("lib/pom.xml", """
                <project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
                <parent><groupId>dev.tiny</groupId><artifactId>all</artifactId><version>1</version></parent>
                <artifactId>lib</artifactId></project>
                """);
        save(LIBRARY);
        write("manifests/tiny.yaml", """
                kind: subject
                name: tiny
                artifact: dev.tiny:lib
                source: {path: ..}
                build: {maven: {module: lib}}
                """);
        write("manifests/app.yaml", """
                kind: adopter
                name: app
                description: works a lot
                subject: tiny
                source: {path: apps/app}
                build: {maven: {versionProperty: lib.version}}
                test: {maven: {}}
                jigs:
                  - name: loop
                    class: app.LoopJig
                    cases: {size: [1]}
                timeouts: {build: 2m, test: 2m, silence: 5s}
                resources: {memory: 64m, processes: 64}
                """);
        write(
                "manifests/apps/app/pom.xml",
                pom(
                        "dev.app",
                        "app",
                        PLUGINS.formatted("<lib.version>0</lib.version><maar-jig.version>0</maar-jig.version>")
                                + "<dependencies>" + dependency("dev.tiny", "lib", "${lib.version}")
                                + dependency("dev.maar", "jig", "${maar-jig.version}")
                                + dependency("org.junit.jupiter", "junit-jupiter", "6.1.3") + "</dependencies>"));
        write("manifests/apps/app/src/test/java/app/LoopJig.java", """
                package app;
                public final class LoopJig implements dev.maar.jig.Jig {
                    private long done; private long sum;
                    public void setUp(dev.maar.jig.Case setting) {}
                    public void run(long operations) {
                        for (long i = 0; i < operations; i++) { sum = sum * 31 + tiny.Lib.work((int) (done++)); }
                    }
                    public dev.maar.jig.Check check() { return dev.maar.jig.Check.of(done, sum); }
                    public void close() {}
                }
                """);
        write("manifests/apps/app/src/test/java/app/AnswerTest.java", """
                package app;
                final class AnswerTest {
                    @org.junit.jupiter.api.Test void isKnown() {
                        org.junit.jupiter.api.Assertions.assertEquals(42, tiny.Lib.answer());
                    }
                }
                """);
        git("init", "-q", "-b", "main");
        git("add", "-A");
        git("-c", "user.name=T", "-c", "user.email=t@example.org", "commit", "-q", "-m", "first");
    }

    private static String pom(final String group, final String artifact, final String more) {
        return "<project xmlns=\"http://maven.apache.org/POM/4.0.0\"><modelVersion>4.0.0</modelVersion><groupId>"
                + group + "</groupId><artifactId>" + artifact + "</artifactId><version>1</version>" + more
                + "</project>\n";
    }

    private static String dependency(final String group, final String artifact, final String version) {
        return "<dependency><groupId>" + group + "</groupId><artifactId>" + artifact + "</artifactId><version>"
                + version + "</version></dependency>";
    }

    /** Saves the library's one source. */
    void save(final String text) throws IOException {
        write(SOURCE, text);
    }

    void write(final String name, final String text) throws IOException {
        final Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void git(final String... arguments) throws Exception {
        final List<String> command = new ArrayList<>(List.of("git", "-C", root.toString()));
        command.addAll(List.of(arguments));
        final Process process = new ProcessBuilder(command).inheritIO().start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("git " + command);
        }
    }

    /** Starts a command of Maar's; its standard output is for the caller. */
    Process start(final String... arguments) throws IOException {
        final List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dmaar.root=" + root,
                "-cp",
                System.getProperty("java.class.path"),
                "dev.maar.coordinator.cli.Main"));
        command.addAll(List.of(arguments));
        final ProcessBuilder builder = new ProcessBuilder(command)
                .directory(root.toFile())
                .redirectError(root.resolve("../errors").toFile());
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        // What comes out here does not hang on how quiet the machine is, so nothing waits for it.
        builder.environment().put(Setting.LONGEST_WAIT.environmentName(), "0");
        builder.environment().put(Setting.RERUN_SHARE.environmentName(), "0");
        final Process process = builder.start();
        started.add(process);
        return process;
    }

    String errors() throws IOException {
        return Files.readString(root.resolve("../errors"));
    }

    Path path(final String name) {
        return root.resolve(name);
    }

    /** The processes, other than the given one, whose command line names this world's state folder. */
    List<ProcessHandle> processesBut(final Process one) {
        final String state = root.resolve(".maar").toString();
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid() && process.pid() != one.pid())
                .filter(process -> process.info()
                        .commandLine()
                        .map(line -> line.contains(state))
                        .orElse(false))
                .toList();
    }

    @Override
    public void close() {
        started.forEach(Process::destroyForcibly);
    }

    /** The lines of JSON that a command writes, as they come. */
    static final class Events {

        private static final int LIMIT_SECONDS = 240;

        private final BlockingQueue<JsonNode> events = new LinkedBlockingQueue<>();

        Events(final Process process) {
            final ObjectMapper mapper = new ObjectMapper();
            final Thread reader = new Thread(
                    () -> {
                        try (BufferedReader lines = new BufferedReader(
                                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                                events.add(mapper.readTree(line));
                            }
                        } catch (final IOException e) {
                            events.add(mapper.createObjectNode().put("event", "unreadable: " + e.getMessage()));
                        }
                    },
                    "events");
            reader.setDaemon(true);
            reader.start();
        }

        /** The next event of that kind; others are passed over. */
        JsonNode next(final String kind) throws InterruptedException {
            while (true) {
                final JsonNode event = events.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
                if (event == null) {
                    throw new AssertionError("no event '" + kind + "' within " + LIMIT_SECONDS + " s");
                }
                if (event.path("event").asText().equals(kind)) {
                    return event;
                }
            }
        }
    }
}
