package dev.maar.agent.build;

import dev.maar.agent.job.BuildOutcome;
import dev.maar.agent.job.StageStatus;
import dev.maar.agent.job.TestOutcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What came of building an adopter against one side.
 *
 * @param outcome how it ended, for the report
 * @param key the hash of all that went into it; equal for both sides when the subject's content is
 * @param directory the adopter's folder as built; its jigs run there
 * @param classPath what a JVM jig needs: the adopter's classes, then its dependencies, the subject and the jig API among them;
 *     empty unless the build passed
 * @param tested how its tests ended, when they ran in the same call; {@link AdopterTester} gives it back
 */
public record BuiltAdopter(
        BuildOutcome outcome, String key, Path directory, List<Path> classPath, Optional<TestOutcome> tested) {

    /** Copies the list. */
    public BuiltAdopter {
        classPath = List.copyOf(classPath);
    }

    /**
     * Whether it can be tested and measured.
     *
     * @return true when the build passed
     */
    public boolean passed() {
        return outcome.status() == StageStatus.PASS;
    }
}
