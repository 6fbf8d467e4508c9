package dev.maar.jig.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maar.jig.Case;
import dev.maar.jig.Check;
import dev.maar.jig.Jig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main class, in JVMs of its own. */
class ForkMainTest {

    private static final String SET_UP = "{\"op\":\"setUp\",\"case\":{},\"seed\":1}";

    @TempDir
    Path folder;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void endAll() {
        started.forEach(Process::destroyForcibly);
    }

    private Process fork(final String... arguments) throws IOException {
        final List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ForkMain.class.getName()));
        command.addAll(List.of(arguments));
        final Process process = new ProcessBuilder(command)
                .redirectError(folder.resolve("log").toFile())
                .start();
        started.add(process);
        return process;
    }

    private static void say(final Process fork, final String line) throws IOException {
        fork.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        fork.getOutputStream().flush();
    }

    private static List<String> replies(final Process fork) throws IOException {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(fork.getInputStream(), StandardCharsets.UTF_8))) {
            return lines.lines().toList();
        }
    }

    private static int exit(final Process fork) throws InterruptedException {
        assertThat(fork.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return fork.exitValue();
    }

    @Test
    void whatTheJigPrintsGoesToTheLogAndItsThreadsDoNotKeepTheForkAlive() throws Exception {
        final Process fork = fork(Talkative.class.getName());
        say(fork, SET_UP);
        say(fork, "{\"op\":\"close\"}");

        assertThat(replies(fork)).hasSize(2).allMatch(line -> line.startsWith("{"));
        assertThat(exit(fork)).isZero();
        assertThat(Files.readString(folder.resolve("log"))).contains("hello, and no JSON");
    }

    @Test
    void aHungJigDoesNotSurviveItsParent() throws Exception {
        final Process fork = fork(Hanging.class.getName());
        say(fork, SET_UP);
        say(fork, "{\"op\":\"run\",\"operations\":1}");
        fork.getOutputStream().close();

        assertThat(exit(fork)).isEqualTo(4);
    }

    @Test
    void aJigThatIsNoneIsToldAsAnError() throws Exception {
        final Process fork = fork("com.example.Missing");
        say(fork, SET_UP);

        assertThat(replies(fork)).singleElement().asString().contains("com.example.Missing is not on the class path");
        assertThat(exit(fork)).isEqualTo(3);
    }

    @Test
    void withoutAJigTheUsageIsTold() throws Exception {
        final Process fork = fork();

        assertThat(exit(fork)).isEqualTo(2);
        assertThat(Files.readString(folder.resolve("log"))).contains("usage: ForkMain JIG_CLASS");
    }

    /** Prints, and leaves a thread. */
    public static final class Talkative implements Jig {
        @Override
        public void setUp(final Case setting) throws Exception {
            System.out.println("hello, and no JSON");
            new Thread(Talkative::sleepForEver).start();
        }

        private static void sleepForEver() {
            try {
                new CountDownLatch(1).await();
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void run(final long operations) throws Exception {}

        @Override
        public Check check() throws Exception {
            return Check.of(0, "");
        }

        @Override
        public void close() throws Exception {}
    }

    /** Never comes back from its first run. */
    public static final class Hanging implements Jig {
        @Override
        public void setUp(final Case setting) throws Exception {}

        @Override
        public void run(final long operations) throws Exception {
            new CountDownLatch(1).await();
        }

        @Override
        public Check check() throws Exception {
            return Check.of(0, "");
        }

        @Override
        public void close() throws Exception {}
    }
}
