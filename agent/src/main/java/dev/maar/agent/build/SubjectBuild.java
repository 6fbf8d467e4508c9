package dev.maar.agent.build;

import dev.maar.agent.job.SubjectOutcome;
import java.util.Optional;

/**
 * What came of building a subject.
 *
 * @param outcome how it ended, for the report
 * @param artifact the artifact; nothing unless the build passed
 */
public record SubjectBuild(SubjectOutcome outcome, Optional<SubjectArtifact> artifact) {}
