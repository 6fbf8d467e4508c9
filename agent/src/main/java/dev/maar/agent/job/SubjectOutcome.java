package dev.maar.agent.job;

/**
 * How the subject's own build ended on one side.
 *
 * @param build the build
 * @param version the unique version that adopters resolve; empty when the build failed
 * @param artifactSha256 the hash of the artifact's bytes; empty when the build failed or there is no artifact
 */
public record SubjectOutcome(BuildOutcome build, String version, String artifactSha256) {}
