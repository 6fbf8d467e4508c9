package dev.maar.agent.job;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.OptBoolean;

/**
 * How the subject's own build ended on one side.
 *
 * @param build the build
 * @param version the unique version that adopters resolve; empty when the build failed
 * @param artifactSha256 the hash of the artifact's bytes; empty when the build failed or there is no artifact
 * @param artifactBytes the artifact's size; -1 when there is none, or in data of before it was noted
 */
public record SubjectOutcome(
        BuildOutcome build,
        String version,
        String artifactSha256,

        @JacksonInject(value = JobJson.NO_SIZE, useInput = OptBoolean.TRUE)
        long artifactBytes) {}
