package dev.maar.agent.build;

import dev.maar.agent.source.ContentHash;
import dev.maar.agent.source.FileMutex;
import dev.maar.agent.source.FileTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Finds the jars of libraries and of what they need: Maven is asked once for each list of them. Safe for several threads and processes. */
final class Libraries {

    private final BuildContext context;

    Libraries(final BuildContext context) {
        this.context = context;
    }

    /**
     * What was found.
     *
     * @param end how Maven ended; success when it was not called
     * @param classPath the jars, when it succeeded
     */
    record Found(ProgramRun.End end, List<Path> classPath) {}

    /**
     * Resolves libraries.
     *
     * @param libraries {@code group:artifact:version} each
     * @param jdk the JDK that Maven runs on
     * @param log where Maven's output goes
     * @param resolution names the list without what differs from side to side
     * @param limits of the call
     */
    Found find(
            final List<String> libraries,
            final Path jdk,
            final Path log,
            final String resolution,
            final ProgramRun.Watch limits)
            throws IOException, InterruptedException {
        final String key = new ContentHash().with("libraries", libraries).hex();
        final Path kept = context.cacheDirectory().resolve("class-paths").resolve(key);
        try (FileMutex ignored = FileMutex.acquire(context.lock("class-path-" + key))) {
            if (Files.exists(kept)) {
                final List<Path> classPath = CommandAdopter.classPath(kept);
                if (classPath.stream().allMatch(Files::exists)) {
                    return new Found(new ProgramRun.End(0, "", 0), classPath);
                }
            }
            final Path folder =
                    Files.createDirectories(log.toAbsolutePath().resolveSibling("resolve-" + UUID.randomUUID()));
            try {
                Files.writeString(folder.resolve("pom.xml"), Pom.minimal("dev.maar.farm:bare", "1", libraries));
                final Maven.Call call = new Maven.Call(
                        folder,
                        jdk,
                        List.of(Maven.DEPENDENCY_PLUGIN + ":build-classpath", "-Dmdep.outputFile=class-path"),
                        Map.of(),
                        log,
                        resolution,
                        SubjectBuilder.place(folder, jdk));
                final ProgramRun.End end = new Maven(context).run(call, limits);
                if (!end.succeeded()) {
                    return new Found(end, List.of());
                }
                Store.writeAtomically(kept, Files.readAllBytes(folder.resolve("class-path")));
                return new Found(end, CommandAdopter.classPath(kept));
            } finally {
                FileTrees.delete(folder);
            }
        }
    }
}
