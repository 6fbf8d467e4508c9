package dev.maar.agent.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileMutexTest {

    @TempDir
    private Path folder;

    @Test
    void whoAsksInVainWithinTheProcessDoesNotGiveTheLockUpForItsOwner() throws Exception {
        final Path file = folder.resolve("locks/one");
        try (FileMutex ignored = FileMutex.acquire(file)) {
            assertThat(FileMutex.tryAcquire(file)).isEmpty();
            assertThat(FileMutex.tryAcquire(folder.resolve("locks/../locks/one")))
                    .isEmpty();

            assertThat(isFreeForOthers(file)).isFalse();
        }
        assertThat(isFreeForOthers(file)).isTrue();
        final Optional<FileMutex> again = FileMutex.tryAcquire(file);
        assertThat(again).isPresent();
        again.orElseThrow().close();
        again.orElseThrow().close();
    }

    private boolean isFreeForOthers(final Path file) throws IOException, InterruptedException {
        final Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Other.class.getName(),
                        file.toString())
                .inheritIO()
                .start();
        return other.waitFor() == 0;
    }

    /** Another process: ends with 0 when it could lock the file. */
    static final class Other {

        private Other() {}

        public static void main(final String[] arguments) throws IOException {
            final boolean locked;
            try (FileChannel channel = FileChannel.open(Path.of(arguments[0]), StandardOpenOption.WRITE);
                    FileLock lock = channel.tryLock()) {
                locked = lock != null;
            }
            System.exit(locked ? 0 : 1);
        }
    }
}
