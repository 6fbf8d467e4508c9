package dev.maar.agent.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReaperTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    private ProcessGroup sleeper(final Reaper reaper) throws Exception {
        return ProcessGroup.start(
                Launch.logged(List.of("sleep", "600"), folder, Launch.plainEnvironment(), folder.resolve("sleep.log")),
                reaper);
    }

    @Test
    void whenItEndsTheGroupsItWatchesAreKilledFrozenOrNot() throws Exception {
        final Reaper reaper = Reaper.start();
        try (ProcessGroup awake = sleeper(reaper);
                ProcessGroup frozen = sleeper(reaper)) {
            frozen.freeze();
            reaper.close();
            assertThat(awake.await(LIMIT)).hasValue(128 + 9);
            assertThat(frozen.await(LIMIT)).hasValue(128 + 9);
        }
    }

    @Test
    void aGroupThatIsForgottenIsLeftAlone() throws Exception {
        final Reaper reaper = Reaper.start();
        try (Reaper other = Reaper.start();
                ProcessGroup kept = sleeper(other);
                ProcessGroup killed = sleeper(reaper);
                ProcessGroup alsoKilled = sleeper(reaper)) {
            reaper.watch(kept.id());
            reaper.forget(kept.id());
            reaper.close();
            assertThat(killed.await(LIMIT)).isPresent();
            assertThat(alsoKilled.await(LIMIT)).isPresent();
            assertThat(kept.isAlive()).isTrue();
        }
    }

    @Test
    void foldersAreRemovedWhateverTheirNames() throws Exception {
        final Path odd = Files.createDirectories(folder.resolve(" a  'name' $HOME * "));
        Files.writeString(odd.resolve("file"), "x");
        final Path neighbour = Files.createDirectories(folder.resolve("a"));
        final Reaper reaper = Reaper.start();
        reaper.removeAtEnd(odd);
        reaper.close();

        assertThat(odd).doesNotExist();
        assertThat(neighbour).exists();
    }

    @Test
    void theRootAndFoldersAcrossLinesAreRefused() throws Exception {
        try (Reaper reaper = Reaper.start()) {
            assertThatThrownBy(() -> reaper.removeAtEnd(Path.of("/"))).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> reaper.removeAtEnd(folder.resolve("a\nfolder /")))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
