package dev.maar.agent.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchSpaceTest {

    @TempDir
    Path folder;

    @Test
    void aFolderWhoseOwnerWasKilledIsRemovedByTheNextStartAndALivingOnesIsNot() throws Exception {
        final Process owner = owner();
        final Path abandoned = Path.of(owner.inputReader().readLine());
        Files.writeString(abandoned.resolve("left"), "behind");
        try (ScratchSpace first = ScratchSpace.open(folder)) {
            assertThat(abandoned).as("its owner lives").exists();

            owner.destroyForcibly().waitFor();
            try (ScratchSpace second = ScratchSpace.open(folder)) {
                assertThat(abandoned).doesNotExist();
                assertThat(first.directory()).exists().isNotEqualTo(second.directory());
            }
        }
    }

    @Test
    void nothingIsLeftOfOneThatWasClosed() throws Exception {
        final ScratchSpace space = ScratchSpace.open(folder);
        Files.createDirectories(space.fresh("work").resolve("deep"));

        space.close();

        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(path -> path.getFileName().toString())).containsOnly("sweep.lock");
        }
    }

    private Process owner() throws Exception {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Owner.class.getName(),
                        folder.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Another process with a scratch space. */
    static final class Owner {

        private Owner() {}

        /**
         * Opens the space, prints its folder, and stays until killed.
         *
         * @param arguments the root
         * @throws Exception when it can not
         */
        public static void main(final String[] arguments) throws Exception {
            System.out.println(ScratchSpace.open(Path.of(arguments[0])).directory());
            Thread.currentThread().join();
        }
    }
}
