package dev.maar.agent.build;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The farm's own Maven repository. */
public final class FarmRepository {
    private final Path directory;

    private FarmRepository(final Path directory) {
        this.directory = directory;
    }

    static FarmRepository open(final Path directory, final Optional<Path> userRepository)
            throws IOException, InterruptedException {
        return new FarmRepository(directory);
    }

    /**
     * Where it is.
     *
     * @return the folder
     */
    public Path directory() {
        return directory;
    }
}
