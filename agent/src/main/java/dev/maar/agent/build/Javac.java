package dev.maar.agent.build;

import dev.maar.agent.sandbox.Launch;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Compiles Java sources with a side's JDK. Thread-safe. */
final class Javac {

    private final BuildContext context;

    Javac(final BuildContext context) {
        this.context = context;
    }

    /**
     * Runs the compiler; annotation processors do not run.
     *
     * @param work whose build it is: its JDK, its limits, its folder
     * @param sources the source files; not empty
     * @param classes where the classes go; made when it is not there
     * @param libraries the class path
     * @param log where the compiler's output goes
     */
    ProgramRun.End compile(
            final AdopterWork work,
            final List<Path> sources,
            final Path classes,
            final List<Path> libraries,
            final Path log)
            throws IOException, InterruptedException {
        Files.createDirectories(classes);
        // Beside the adopter's own folders: in those its build may have put a link where we are about to write.
        final Path list = work.home().resolve(classes.getFileName() + ".sources");
        Files.write(
                list,
                sources.stream()
                        .map(file -> '"' + file.toString().replace("\\", "\\\\") + '"')
                        .toList(),
                StandardCharsets.UTF_8);
        final List<String> command = List.of(
                work.jdk().resolve("bin/javac").toString(),
                "-encoding",
                "UTF-8",
                "-g",
                "-proc:none",
                "-d",
                classes.toString(),
                "-classpath",
                libraries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)),
                "@" + list);
        final Launch launch = Launch.logged(command, work.source(), Maven.environment(work.jdk(), work.source()), log);
        return ProgramRun.run(
                context.sandbox().confine(launch, work.place(List.of(classes))), context.reaper(), work.buildLimits());
    }
}
