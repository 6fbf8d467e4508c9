package dev.maar.coordinator.cli;

import dev.maar.agent.settings.Setting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A tiny world to run the real command line in: a git repository whose subject is one class, and adopters that each come to one end.
 * The commit {@code HEAD~1} has mode a, {@code HEAD} mode b, in which a method is gone.
 */
final class MiniCrater {

    private static final String LIBRARY = """
            package tiny;
            public final class Lib {
                public static String mode() { return "%s"; }
                public static int work(int x) { int y = x; for (int i = 0; i < 20; i++) { y = y * 31 + i; } return y; }
                %s
            }
            """;

    private static final String JIG = """
            public final class %s implements dev.maar.jig.Jig {
                private long done; private long sum;
                private static boolean b() { return tiny.Lib.mode().equals("b"); }
                public void setUp(dev.maar.jig.Case setting) throws Exception { %s }
                public void run(long operations) throws Exception {
                    for (long i = 0; i < operations; i++) { sum = sum * 31 + tiny.Lib.work((int) (done++)); }
                    %s
                }
                public dev.maar.jig.Check check() { return dev.maar.jig.Check.of(done, sum%s); }
                public void close() {}
            }
            """;

    private final Path root;
    private final Map<String, String> environment = new HashMap<>();

    MiniCrater(final Path root) throws IOException, InterruptedException {
        this.root = root;
        write(
                "build.sh",
                "mkdir -p out && javac -d out/classes src/tiny/Lib.java && jar --create --file out/lib.jar -C out/classes .\n");
        write("src/tiny/Lib.java", LIBRARY.formatted("a", "public static int gone() { return 1; }"));
        write(".gitignore", "out/\n.maar/\n");
        write("manifests/tiny.yaml", """
                kind: subject
                name: tiny
                artifact: dev.tiny:lib
                source: {path: ..}
                build: {command: [sh, build.sh], jar: out/lib.jar}
                """);
        git("init", "-q", "-b", "main");
        commit("mode a");
        write("src/tiny/Lib.java", LIBRARY.formatted("b", ""));
        commit("mode b");
    }

    /** An adopter whose jig does something special while it is set up, at the end of each run, or to its checksum. */
    MiniCrater adopter(final String name, final String setUp, final String run, final String checksum)
            throws IOException {
        return source(name, JIG.formatted(className(name), setUp, run, checksum));
    }

    /** An adopter with this source. */
    MiniCrater source(final String name, final String source) throws IOException {
        write("manifests/apps/" + name + "/" + className(name) + ".java", source);
        write("manifests/" + name + ".yaml", """
                kind: adopter
                name: %s
                description: comes to one end
                subject: tiny
                source: {path: apps/%s}
                build: {javac: {classpath: ["dev.tiny:lib"]}}
                test: {none: true}
                jigs:
                  - name: loop
                    class: %s
                    cases: {size: [1]}
                timeouts: {build: 2m, test: 2m, silence: 5s}
                resources: {memory: 64m, processes: 64}
                """.formatted(name, name, className(name)));
        return this;
    }

    /** An adopter whose build is a shell script, and which has no jig. */
    MiniCrater script(final String name, final String script, final String resources) throws IOException {
        write("manifests/apps/" + name + "/build.sh", script);
        write("manifests/" + name + ".yaml", """
                kind: adopter
                name: %s
                description: comes to one end
                subject: tiny
                source: {path: apps/%s}
                build: {command: [bash, build.sh]}
                test: {none: true}
                timeouts: {build: 2m, test: 2m, silence: 1m}
                resources: %s
                """.formatted(name, name, resources));
        return this;
    }

    /** Sets a variable in the environment of Maar's own process. */
    MiniCrater environment(final String name, final String value) {
        environment.put(name, value);
        return this;
    }

    /** The jig's source for an adopter that does nothing special but calls what side b lacks. */
    static String usesWhatIsGone(final String name) {
        return JIG.formatted(className(name), "tiny.Lib.gone();", "", "");
    }

    static String className(final String name) {
        return Arrays.stream(name.split("-", -1))
                .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                .reduce("", String::concat);
    }

    Path path(final String name) {
        return root.resolve(name);
    }

    void write(final String name, final String text) throws IOException {
        final Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void commit(final String message) throws IOException, InterruptedException {
        git("add", "-A");
        git("-c", "user.name=T", "-c", "user.email=t@example.org", "commit", "-q", "-m", message);
    }

    void git(final String... arguments) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(List.of("git", "-C", root.toString()));
        command.addAll(List.of(arguments));
        final Process process =
                new ProcessBuilder(command).redirectErrorStream(true).start();
        final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("git " + List.of(arguments) + ": " + output);
        }
    }

    /** How a command ended. */
    record Ended(int code, String out, String err) {}

    /** Runs a command of Maar's in a process of its own, in the repository. */
    Ended maar(final String... arguments) throws IOException, InterruptedException {
        final Process process = start(arguments);
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException(
                    "still running: " + List.of(arguments) + "\n" + Files.readString(root.resolve("../err")));
        }
        return ended(process);
    }

    Ended ended(final Process process) throws IOException {
        return new Ended(
                process.exitValue(),
                Files.readString(root.resolve("../out")),
                Files.readString(root.resolve("../err")));
    }

    Process start(final String... arguments) throws IOException {
        return startAs("", arguments);
    }

    /** Starts a command whose output goes to files of its own, {@code NAMEout} and {@code NAMEerr} beside the repository. */
    Process startAs(final String name, final String... arguments) throws IOException {
        final List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dmaar.root=" + root,
                "-cp",
                System.getProperty("java.class.path"),
                "dev.maar.coordinator.cli.Main"));
        command.addAll(List.of(arguments));
        final ProcessBuilder builder = new ProcessBuilder(command)
                .directory(root.toFile())
                .redirectOutput(root.resolve("../" + name + "out").toFile())
                .redirectError(root.resolve("../" + name + "err").toFile());
        // The test's own JVM options (a coverage agent, say) are not this command's.
        builder.environment()
                .keySet()
                .removeAll(Map.of("JAVA_TOOL_OPTIONS", "", "MAAR_BUDGET", "").keySet());
        // What comes out here does not hang on how quiet the machine is, so nothing waits for it.
        builder.environment().put(Setting.LONGEST_WAIT.environmentName(), "0");
        builder.environment().put(Setting.RERUN_SHARE.environmentName(), "0");
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** The processes, other than this one, whose command line names this world's state folder. */
    List<ProcessHandle> processes() {
        final String state = root.resolve(".maar").toString();
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(process -> process.info()
                        .commandLine()
                        .map(line -> line.contains(state))
                        .orElse(false))
                .toList();
    }
}
