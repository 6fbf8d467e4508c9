package dev.maar.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Too little shared memory is reported with the mend when a publisher is opened. On small file systems made by root. */
final class StorageTest {

    private static final Topic<ByteBuffer> TOPIC = Topic.of("storage", Codec.bytes());
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path temporary;

    private boolean mounted;

    private static boolean command(final String... command) throws Exception {
        final Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor() == 0;
    }

    private void mount(final int megabytes) throws Exception {
        mounted = command("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", temporary.toString());
        assumeTrue(mounted, "only root may mount a small file system");
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            assertThat(command("umount", "-l", temporary.toString())).isTrue();
        }
    }

    private void assertRefused(final Transport transport) {
        try (TransportRuntime runtime = TransportRuntime.launch(new TransportContext()
                .aeronDirectory(temporary.resolve("aeron"))
                .termLength(4 << 20))) {
            final Receiver<ByteBuffer> receiver = runtime.receiver(TOPIC);
            assertThatThrownBy(() -> runtime.publisher(TOPIC, Forced.options(transport)))
                    .isInstanceOfSatisfying(
                            TransportException.class,
                            thrown -> assertThat(thrown.error()).isEqualTo(TransportError.STORAGE))
                    .hasMessageContaining(temporary.toString())
                    .hasMessageContaining("enlarge that file system");
            final Publisher<ByteBuffer> local = runtime.publisher(TOPIC);
            local.publish(ByteBuffer.allocate(8));
            assertThat(receiver.receive(SOON).remaining()).isEqualTo(8);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Transport.class,
            names = {"SHM", "UDP", "TCP"})
    void noRoomForTheDriverIsSaidBeforeItIsStarted(final Transport transport) throws Exception {
        mount(4);
        assertRefused(transport);
    }

    @ParameterizedTest
    @EnumSource(
            value = Transport.class,
            names = {"SHM", "UDP", "TCP"})
    void noRoomForALogIsSaidBeforeAnythingIsSent(final Transport transport) throws Exception {
        mount(20);
        assertRefused(transport);
    }

    @ParameterizedTest
    @EnumSource(
            value = Transport.class,
            names = {"SHM", "UDP", "TCP"})
    void aFileSystemThatOthersHaveFilledIsReported(final Transport transport) throws Exception {
        mount(64);
        Files.write(temporary.resolve("others"), new byte[56 << 20]);
        assertRefused(transport);
    }

    @Test
    void aShorterTermIsTheMend() throws Exception {
        mount(20);
        try (TransportRuntime runtime = TransportRuntime.launch(new TransportContext()
                .aeronDirectory(temporary.resolve("aeron"))
                .termLength(1 << 20))) {
            final Receiver<ByteBuffer> receiver = runtime.receiver(TOPIC);
            runtime.publisher(TOPIC, Forced.options(Transport.SHM)).publish(ByteBuffer.allocate(8));
            assertThat(receiver.receive(SOON).remaining()).isEqualTo(8);
        }
    }
}
