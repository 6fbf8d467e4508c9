package dev.maar.agent.quicktest;

import dev.maar.agent.sandbox.Launch;
import dev.maar.agent.sandbox.ProcessGroup;
import dev.maar.agent.sandbox.Reaper;
import dev.maar.agent.source.FileTrees;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One side's test process. Between two test classes it only waits for its input and uses no processor. For one thread. */
public final class QuickTests implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(QuickTests.class);
    private static final String DONE = "done";
    private static final String ENDED = "";

    private final ProcessGroup group;
    private final Path scratch;
    private final BlockingQueue<String> replies = new LinkedBlockingQueue<>();

    private QuickTests(final ProcessGroup group, final Path scratch) {
        this.group = group;
        this.scratch = scratch;
        final Thread reader = new Thread(this::read, "test replies");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * What tests run with.
     *
     * @param java the JVM's program
     * @param flags the JVM's flags
     * @param classPath the adopter's classes, tests and libraries
     * @param directory the adopter's folder
     * @param environment what is added to the environment
     * @param scratch a folder of its own for temporary files; made when missing, removed at the end
     */
    public record Setting(
            Path java,
            List<String> flags,
            List<Path> classPath,
            Path directory,
            Map<String, String> environment,
            Path scratch) {

        /** Copies the collections. */
        public Setting {
            flags = List.copyOf(flags);
            classPath = List.copyOf(classPath);
            environment = Map.copyOf(environment);
        }
    }

    /**
     * How the tests of a class ended.
     *
     * @param passed how many passed
     * @param failed those that did not, each with what it threw
     * @param ended whether the process is done for, and no further class can be run in it
     */
    public record Result(int passed, Map<String, String> failed, boolean ended) {

        /** Copies the map. */
        public Result {
            failed = Map.copyOf(failed);
        }
    }

    /**
     * The test classes of an adopter, by the names that Surefire looks for.
     *
     * @param classPath the adopter's class path
     * @return their binary names, in order; none when it has no folder of test classes
     * @throws IOException when a folder can not be read
     */
    public static List<String> classes(final List<Path> classPath) throws IOException {
        final List<String> names = new ArrayList<>();
        for (final Path folder : classPath) {
            if (Files.isDirectory(folder) && folder.endsWith("test-classes")) {
                try (Stream<Path> files = Files.walk(folder)) {
                    files.map(file -> folder.relativize(file).toString())
                            .filter(name -> name.matches("(.*/)?(Test[^/$]*|[^/$]*(Test|Tests|TestCase))\\.class"))
                            .map(name -> name.substring(0, name.length() - ".class".length())
                                    .replace('/', '.'))
                            .sorted()
                            .forEach(names::add);
                }
            }
        }
        return names;
    }

    /**
     * Starts a test process.
     *
     * @param setting what it runs with
     * @param reaper kills it if we die
     * @return the process; nothing when the adopter has no JUnit platform, or its launcher is not there
     * @throws IOException when it can not be started
     */
    public static Optional<QuickTests> start(final Setting setting, final Reaper reaper) throws IOException {
        final Optional<Path> launcher = launcher(setting.classPath());
        if (launcher.isEmpty()) {
            return Optional.empty();
        }
        Files.createDirectories(setting.scratch());
        final List<Path> classPath = new ArrayList<>(List.of(copyOfChild(setting.scratch())));
        classPath.addAll(setting.classPath());
        if (!classPath.contains(launcher.get())) {
            classPath.add(launcher.get());
        }
        final List<String> command = new ArrayList<>(List.of(
                setting.java().toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Djava.io.tmpdir=" + setting.scratch()));
        command.addAll(setting.flags());
        command.addAll(List.of(
                "-cp",
                classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)),
                TestMain.class.getName()));
        final Map<String, String> environment = new LinkedHashMap<>(Launch.plainEnvironment());
        environment.put("TMPDIR", setting.scratch().toString());
        environment.put("AERON_DIR", setting.scratch().resolve("aeron").toString());
        environment.putAll(setting.environment());
        final Launch launch = Launch.piped(
                command, setting.directory(), environment, setting.scratch().resolve("tests.log"));
        return Optional.of(new QuickTests(ProcessGroup.start(launch, reaper), setting.scratch()));
    }

    /** The launcher of the version that the adopter's own engine has, from its class path or beside it in the same repository. */
    private static Optional<Path> launcher(final List<Path> classPath) {
        for (final Path entry : classPath) {
            final String name = String.valueOf(entry.getFileName());
            if (name.startsWith("junit-platform-launcher-")) {
                return Optional.of(entry);
            }
        }
        return classPath.stream()
                .filter(entry -> String.valueOf(entry.getFileName()).startsWith("junit-platform-engine-"))
                .map(entry -> Path.of(entry.toString().replace("junit-platform-engine", "junit-platform-launcher")))
                .filter(Files::exists)
                .findFirst();
    }

    /** The child's classes alone: the farm's libraries on its class path would hide the adopter's. */
    private static Path copyOfChild(final Path scratch) throws IOException {
        final Path folder = scratch.resolve("child");
        for (final String part : List.of("", "$Told")) {
            final String name = TestMain.class.getName().replace('.', '/') + part + ".class";
            final Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            try (InputStream content = TestMain.class.getClassLoader().getResourceAsStream(name);
                    OutputStream out = Files.newOutputStream(file)) {
                if (content == null) {
                    throw new IOException("there is no " + name);
                }
                content.transferTo(out);
            }
        }
        return folder;
    }

    /**
     * Runs the tests of a class.
     *
     * @param testClass its binary name
     * @param limit how long that may take; the process is killed after it
     * @return how they ended
     * @throws InterruptedException when interrupted meanwhile; the process is killed then
     */
    public Result run(final String testClass, final Duration limit) throws InterruptedException {
        final Map<String, String> failed = new LinkedHashMap<>();
        int passed = 0;
        final long deadline = System.nanoTime() + limit.toNanos();
        try {
            group.input().write((testClass + "\n").getBytes(StandardCharsets.UTF_8));
            group.input().flush();
            while (true) {
                final String line = replies.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (line == null || line.equals(ENDED)) {
                    failed.put(
                            testClass, line == null ? "not done after " + limit.toSeconds() + " s" : "the JVM ended");
                    close();
                    return new Result(passed, failed, true);
                }
                if (line.equals(DONE)) {
                    return new Result(passed, failed, false);
                }
                final String[] fields = line.split("\t", 3);
                if (fields[0].equals("passed")) {
                    passed++;
                } else if (fields[0].equals("failed") && fields.length == 3) {
                    failed.put(fields[1], fields[2]);
                }
            }
        } catch (final IOException e) {
            failed.put(testClass, "the JVM ended: " + e.getMessage());
            close();
            return new Result(passed, failed, true);
        } catch (final InterruptedException e) {
            close();
            throw e;
        }
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(group.output(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                replies.add(line);
            }
        } catch (final IOException e) {
            // The pipe broke with the process: that it ended is what is told.
        }
        replies.add(ENDED);
    }

    /** Kills the process and all it started, and removes its temporary files. Idempotent. */
    @Override
    public void close() {
        group.close();
        try {
            FileTrees.delete(scratch);
        } catch (final IOException e) {
            // What is left lies in a scratch folder, which goes at the end.
            LOG.debug("temporary files of tests are left in {}", scratch, e);
        }
    }
}
