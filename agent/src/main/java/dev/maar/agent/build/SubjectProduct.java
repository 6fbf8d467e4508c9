package dev.maar.agent.build;

import java.io.IOException;
import java.nio.file.Path;

/** A way to build a subject. */
sealed interface SubjectProduct permits MavenSubject, CommandSubject {

    /** Runs the build. */
    ProgramRun.End run(Path root, Path jdk, Path log, ProgramRun.Watch limits) throws IOException, InterruptedException;

    /** Takes what the build made over into a folder, and says what it is. */
    Kept collect(Path root, Path home, String coordinates, long millis) throws IOException, NoProductException;
}
