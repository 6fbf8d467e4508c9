package dev.maar.coordinator.cli;

import dev.maar.agent.sandbox.SandboxChoice;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of whoever builds and runs what is not ours: an agent, also the one in this very process. */
final class BuildOptions {

    static final String SANDBOX = "--sandbox";
    static final String NO_CACHE = "--no-cache";
    static final String CACHE_SIZE = "--cache-size";

    @Option(names = NO_CACHE, description = "Build and test everything anew, whatever was built before.")
    private boolean noCache;

    @Option(
            names = SANDBOX,
            paramLabel = "auto|bwrap|docker|none",
            description =
                    "What keeps builds, tests and forks to their place: auto chooses bwrap where it works, else none"
                            + " (default: ${DEFAULT-VALUE}: what a sandbox does to the noise is not measured yet).",
            defaultValue = "none")
    private SandboxChoice.Wish sandbox;

    @Option(
            names = CACHE_SIZE,
            paramLabel = "SIZE",
            description =
                    "How large kept builds may be in all, such as 500m or 10g (default: ${DEFAULT-VALUE}); the least"
                            + " recently used go first.",
            defaultValue = "10g",
            converter = Size.class)
    private long cacheBytes;

    /** Whether everything is built anew. */
    boolean fresh() {
        return noCache;
    }

    SandboxChoice.Wish sandbox() {
        return sandbox;
    }

    long cacheBytes() {
        return cacheBytes;
    }

    /** Reads a number of bytes. */
    static final class Size implements ITypeConverter<Long> {

        @Override
        public Long convert(final String text) {
            if (!text.matches("[0-9]{1,9}[kmg]")) {
                throw new TypeConversionException("'" + text + "' is not a size such as 500m or 10g");
            }
            final long number = Long.parseLong(text.substring(0, text.length() - 1));
            return number << (text.endsWith("g") ? 30 : text.endsWith("m") ? 20 : 10);
        }
    }
}
