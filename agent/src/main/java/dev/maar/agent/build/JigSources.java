package dev.maar.agent.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Jigs that live outside the adopter's repository. Their sources lie in a folder of the adopter's snapshot, one folder a jig; once the
 * adopter is built they are compiled against its classes and all it depends on, so that its own build knows nothing of them.
 */
public final class JigSources {

    /** The folder in an adopter's snapshot that has a folder of sources for each such jig. */
    public static final String FOLDER = ".maar-jigs";

    private static final String LOG = "jigs.log";

    private final BuildContext context;

    JigSources(final BuildContext context) {
        this.context = context;
    }

    /** Where they are in an adopter's folder, whether there are some or not. */
    static Path in(final Path adopter) {
        return adopter.resolve(FOLDER);
    }

    /** The adopter's result with the jigs compiled and first on the class path; a jig that does not compile fails the build. */
    AdopterBuild.Result compile(final AdopterWork work, final AdopterBuild.Result built)
            throws IOException, InterruptedException {
        final Path folder = in(work.source());
        if (!Files.isDirectory(folder)) {
            return built;
        }
        final List<Path> sources = Glob.files(folder, "**/*.java");
        if (sources.isEmpty()) {
            return built;
        }
        final Set<Path> libraries = new LinkedHashSet<>(built.classPath());
        libraries.add(context.jigJar());
        final Path classes = work.home().resolve("jig-classes");
        final Path log = work.home().resolve(LOG);
        final ProgramRun.End end = new Javac(context).compile(work, sources, classes, List.copyOf(libraries), log);
        if (!end.succeeded()) {
            final AdopterBuild.Result failed =
                    AdopterBuild.Result.of(end, log, work.subject().coordinates());
            return AdopterBuild.Result.failed(
                    failed.status(), "its jig does not compile: " + failed.reason(), built.millis() + end.millis());
        }
        final List<Path> classPath = new ArrayList<>(List.of(classes));
        classPath.addAll(libraries);
        return new AdopterBuild.Result(
                built.status(), built.reason(), built.millis() + end.millis(), classPath, built.tested());
    }
}
