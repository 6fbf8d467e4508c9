package dev.maar.agent.build;

import dev.maar.agent.job.BuildOutcome;
import dev.maar.agent.job.StageStatus;
import dev.maar.agent.job.TestOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A way to build an adopter. */
sealed interface AdopterBuild permits MavenAdopter, JavacAdopter, CommandAdopter, UnbuiltAdopter {

    /** Builds what is in the work's source folder. */
    Result build(AdopterWork work, boolean testsToo) throws IOException, InterruptedException;

    /**
     * What came of it.
     *
     * @param status how it ended
     * @param reason why it failed
     * @param millis how long it took
     * @param classPath the class path when it passed
     * @param tested how the tests ended, when they ran in the same call
     */
    record Result(StageStatus status, String reason, long millis, List<Path> classPath, Optional<TestOutcome> tested) {

        static Result passed(final long millis, final List<Path> classPath) {
            return new Result(StageStatus.PASS, "", millis, classPath, Optional.empty());
        }

        static Result failed(final StageStatus status, final String reason, final long millis) {
            return new Result(status, reason, millis, List.of(), Optional.empty());
        }

        /** What a run that did not succeed means. */
        static Result of(final ProgramRun.End end, final Path log, final String subject) throws IOException {
            if (!end.stopped().isEmpty()) {
                return failed(StageStatus.INFRA, end.stopped(), end.millis());
            }
            final BuildLog said = BuildLog.read(log);
            return said.environmentFault(end.exit(), subject)
                    .map(fault -> failed(StageStatus.INFRA, fault, end.millis()))
                    .orElseGet(() -> failed(StageStatus.FAIL, said.errors(end.exit()), end.millis()));
        }

        BuildOutcome outcome(final Path log, final boolean cached) {
            return new BuildOutcome(status, reason, log.toFile().exists() ? log.toString() : "", cached, millis);
        }
    }
}
