package dev.maar.coordinator.inner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class SourceWatchTest {

    @TempDir
    private Path folder;

    @Test
    void tellsWhatWasSavedAndLeavesOutWhatIsBuiltOrAnEditorsOwn() throws Exception {
        Files.createDirectories(folder.resolve("target"));
        Files.createDirectories(folder.resolve("src"));
        try (SourceWatch watch = SourceWatch.of(List.of(folder))) {
            Files.writeString(folder.resolve("target/Built.class"), "x");
            Files.writeString(folder.resolve("src/.Name.java.swp"), "x");
            Files.writeString(folder.resolve("src/Name.java~"), "x");
            Files.writeString(folder.resolve("src/Name.java"), "x");

            assertThat(watch.take().files()).containsExactly("Name.java");
        }
    }

    @Test
    void aFolderThatComesIsWatchedToo() throws Exception {
        try (SourceWatch watch = SourceWatch.of(List.of(folder))) {
            Files.createDirectories(folder.resolve("more"));
            assertThat(watch.take().files()).containsExactly("more");
            Files.writeString(folder.resolve("more/Name.java"), "x");
            assertThat(watch.take().files()).contains("Name.java");
        }
    }

    @Test
    void anEditInterruptsWhoeverWorksAndNobodyElse() throws Exception {
        try (SourceWatch watch = SourceWatch.of(List.of(folder))) {
            watch.interruptMe();
            Files.writeString(folder.resolve("Name.java"), "x");
            assertThat(isInterrupted()).isTrue();
            assertThat(watch.letMe()).isTrue();
            assertThat(Thread.interrupted()).isFalse();
            assertThat(watch.take().files()).containsExactly("Name.java");

            assertThat(watch.letMe()).isFalse();
            Files.writeString(folder.resolve("Other.java"), "x");
            assertThat(watch.take().files()).containsExactly("Other.java");
            assertThat(Thread.interrupted()).isFalse();
        }
    }

    private static boolean isInterrupted() {
        try {
            return new CountDownLatch(1).await(50, TimeUnit.SECONDS);
        } catch (final InterruptedException e) {
            return true;
        }
    }
}
