package dev.maar.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for whole processes: the flag they need, what they leave behind, and being frozen. */
final class ProcessTest {

    private static final List<String> FLAG = List.of("--add-exports", "java.base/jdk.internal.misc=ALL-UNNAMED");
    private static final long PATIENCE_SECONDS = 30;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path temporary;

    private @Nullable Process started;

    @AfterEach
    void endChild() throws InterruptedException {
        if (started != null) {
            started.destroy();
            if (!started.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                started.destroyForcibly();
            }
        }
    }

    private Process child() {
        return Objects.requireNonNull(started);
    }

    private BufferedReader start(final List<String> flags, final String... arguments) throws IOException {
        started = ChildProgram.start(SelfTalk.class, flags, arguments);
        return ChildProgram.output(child());
    }

    private void awaitEnd() throws InterruptedException {
        assertThat(child().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    /** In a directory of its own, so that it meets nobody. */
    private List<String> flags() {
        return List.of(FLAG.get(0), FLAG.get(1), "-Daeron.dir=" + temporary.resolve("aeron"));
    }

    /** The media driver's directory, and the sockets beside it. */
    private List<Path> filesOfChild() throws IOException {
        try (Stream<Path> files = Files.walk(temporary, 2)) {
            return files.filter(
                            file -> file.endsWith("aeron") || file.toString().endsWith(".sock"))
                    .toList();
        }
    }

    @Test
    void withoutTheFlagLocalDeliveryWorks() throws Exception {
        final BufferedReader output = start(List.of(flags().get(2)), "local", "close");
        assertThat(ChildProgram.line(output)).isEqualTo("local#0");
        assertThat(ChildProgram.line(output)).isEqualTo("100");
        awaitEnd();
        assertThat(child().exitValue()).isZero();
    }

    @Test
    void withoutTheFlagSharedMemoryFailsWithOneLineThatNamesIt() throws Exception {
        final BufferedReader output = start(List.of(flags().get(2)), "shm", "close");
        assertThat(ChildProgram.line(output))
                .startsWith("MISSING_JVM_FLAG")
                .contains("--add-exports java.base/jdk.internal.misc=ALL-UNNAMED");
        assertThat(output.readLine()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"close", "return"})
    void aProcessThatEndsLeavesNothingInSharedMemory(final String how) throws Exception {
        final BufferedReader output = start(flags(), "shm", how);
        assertThat(ChildProgram.line(output)).isEqualTo("shm#0");
        assertThat(ChildProgram.line(output)).isEqualTo("100");
        awaitEnd();
        assertThat(filesOfChild()).isEmpty();
    }

    @Test
    void aProcessThatIsTerminatedLeavesNothingInSharedMemory() throws Exception {
        final BufferedReader output = start(flags(), "shm", "hold");
        assertThat(ChildProgram.line(output)).isEqualTo("shm#0");
        assertThat(filesOfChild()).hasSize(2);
        child().destroy();
        awaitEnd();
        assertThat(filesOfChild()).isEmpty();
    }

    @Test
    void theDirectoryThatIsNamedIsUsedAndRemoved() throws Exception {
        final Path directory = temporary.resolve("aeron");
        final TransportContext context = new TransportContext().aeronDirectory(directory);
        final Topic<String> topic = Topic.of("named", new TextCodec());
        try (TransportRuntime runtime = TransportRuntime.launch(context)) {
            runtime.receiver(topic);
            assertThat(directory).doesNotExist();
            runtime.publisher(topic, PublisherOptions.defaults().allowLocal(false));
            assertThat(directory).isDirectory();
        }
        assertThat(directory).doesNotExist();
    }

    @Test
    void aDirectoryWithSomeoneElsesFilesIsRefusedAndLeftAlone() throws Exception {
        final Path precious = Files.writeString(temporary.resolve("precious"), "mine");
        final Topic<String> topic = Topic.of("precious", new TextCodec());
        try (TransportRuntime runtime = TransportRuntime.launch(new TransportContext().aeronDirectory(temporary))) {
            runtime.receiver(topic);
            assertThatThrownBy(() ->
                            runtime.publisher(topic, PublisherOptions.defaults().allowLocal(false)))
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining(temporary.toString());
        }
        assertThat(precious).hasContent("mine");
    }

    @Test
    void runtimesThatNameTheSameDirectoryShareItsDriver() {
        final TransportContext context = new TransportContext().aeronDirectory(temporary.resolve("aeron"));
        try (TransportRuntime first = TransportRuntime.launch(context);
                TransportRuntime second = TransportRuntime.launch(context)) {
            for (final TransportRuntime runtime : List.of(first, second, first)) {
                final Topic<String> topic = Topic.of("shared", new TextCodec());
                try (Receiver<String> receiver = runtime.receiver(topic);
                        Publisher<String> publisher = runtime.publisher(topic, Forced.options(Transport.SHM))) {
                    publisher.publish("mine");
                    assertThat(receiver.receive(Duration.ofSeconds(PATIENCE_SECONDS)))
                            .isEqualTo("mine");
                    assertThat(receiver.tryReceive()).isEmpty();
                }
            }
            second.close();
        }
        assertThat(temporary.resolve("aeron")).doesNotExist();
    }

    @Test
    void whatAKilledProcessLeftIsTakenOver() throws Exception {
        final Path directory = temporary.resolve("aeron");
        assertThat(ChildProgram.line(start(flags(), "shm", "hold"))).isEqualTo("shm#0");
        child().destroyForcibly();
        awaitEnd();
        assertThat(directory).isDirectory();
        final Topic<String> topic = Topic.of("heir", new TextCodec());
        await().atMost(Duration.ofSeconds(PATIENCE_SECONDS)).ignoreExceptions().untilAsserted(() -> {
            try (TransportRuntime runtime = TransportRuntime.launch(
                    new TransportContext().aeronDirectory(directory).connectTimeout(Duration.ofMillis(500)))) {
                final Receiver<String> receiver = runtime.receiver(topic);
                runtime.publisher(topic, Forced.options(Transport.SHM)).publish("here");
                assertThat(receiver.receive(Duration.ofSeconds(1))).isEqualTo("here");
            }
        });
        assertThat(directory).doesNotExist();
    }

    /** Where its name is too long for that of a socket, runtimes meet elsewhere. */
    @Test
    void whatAKilledProcessLeftInAPlaceThatNobodyElseComesToIsRemovedByTheNextOfThisUser() throws Exception {
        final Path directory = temporary.resolve("long".repeat(30)).resolve("aeron");
        final BufferedReader output = start(List.of("-Daeron.dir=" + directory), "local", "hold");
        assertThat(heard(output)).isEqualTo("local#0");
        final Path socket = socketOfChild();
        child().destroyForcibly();
        awaitEnd();
        assertThat(socket).exists();
        final Path elsewhere = temporary.resolve("else".repeat(30)).resolve("aeron");
        try (TransportRuntime runtime = TransportRuntime.launch(new TransportContext().aeronDirectory(elsewhere))) {
            runtime.receiver(Topic.of("next", new TextCodec()));
            assertThat(socket.getParent()).doesNotExist();
        }
    }

    private Path socketOfChild() throws IOException {
        final Path memory = Path.of("/dev/shm");
        final Path hall = (Files.isDirectory(memory) ? memory : Path.of("/tmp"))
                .resolve("maar-" + Files.getAttribute(Path.of("/proc/self"), "unix:uid") + ".meshes");
        try (DirectoryStream<Path> rooms = Files.newDirectoryStream(hall, Files::isDirectory)) {
            for (final Path room : rooms) {
                try (DirectoryStream<Path> sockets = Files.newDirectoryStream(room, child().pid() + "-*.sock")) {
                    for (final Path socket : sockets) {
                        return socket;
                    }
                } catch (final NoSuchFileException left) {
                    continue; // its last one has just gone
                }
            }
        }
        throw new AssertionError("the child is in no place in " + hall);
    }

    @ParameterizedTest
    @ValueSource(strings = {"shm", "udp", "tcp"})
    void beingFrozenForTwoSecondsIsHarmless(final String transport) throws Exception {
        final BufferedReader output = start(flags(), transport, "hold");
        assertThat(heard(output)).isEqualTo(transport + "#0");
        signal("STOP");
        assertThat(child().waitFor(2, TimeUnit.SECONDS)).isFalse();
        signal("CONT");
        assertThat(child().waitFor(1, TimeUnit.SECONDS)).isFalse();
        assertThat(output.ready() ? output.readLine() : "nothing new").isEqualTo("nothing new");
    }

    /** The first line that is no log of the runtime's. */
    private static String heard(final BufferedReader output) throws IOException {
        String line = ChildProgram.line(output);
        while (!line.contains("#")) {
            line = ChildProgram.line(output);
        }
        return line;
    }

    private void signal(final String name) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(child().pid()))
                        .start()
                        .waitFor())
                .isZero();
    }
}
