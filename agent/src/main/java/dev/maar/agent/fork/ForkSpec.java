package dev.maar.agent.fork;

import dev.maar.agent.job.AdopterRecipe;
import dev.maar.agent.job.JigRecipe;
import dev.maar.agent.job.Side;
import dev.maar.agent.job.SideName;
import dev.maar.agent.job.SubjectRecipe;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One side's fork, before it is started. The two specs of a pair should differ in nothing but what the side changes, down to the
 * lengths of their paths: the environment of a process shifts its stack.
 *
 * @param name which side
 * @param program what runs the jig; a process jig's command has its placeholders filled in already
 * @param classPath the adopter's classes and libraries, the side's artifact among them; for JVM jigs. The harness is put before it
 * @param side the side: its JDK, flags and environment
 * @param subject the subject: flags that every JVM needs that runs it
 * @param resources the adopter's limits
 * @param setting the case
 * @param seed the seed, the same for both sides
 * @param expectedArtifactSha256 the hash of the artifact that must be loaded; empty when there is none
 * @param subjectEntry an entry of the subject's jar by which the harness finds the artifact that was loaded; empty for none
 * @param workDirectory the fork's working directory; must exist
 * @param log where its standard error goes
 * @param environment further environment, the same for both sides but for what must differ, such as {@code MAAR_SUBJECT_JAR}
 * @param slowdown how much slower the harness makes each run, as a share; 0 for an honest fork, more for a positive control
 */
public record ForkSpec(
        SideName name,
        JigRecipe.Program program,
        List<Path> classPath,
        Side side,
        SubjectRecipe subject,
        AdopterRecipe.Resources resources,
        Map<String, String> setting,
        long seed,
        String expectedArtifactSha256,
        String subjectEntry,
        Path workDirectory,
        Path log,
        Map<String, String> environment,
        double slowdown) {

    private static final String TRANSPORT = "transport";

    /** Copies the collections. */
    public ForkSpec {
        classPath = List.copyOf(classPath);
        setting = java.util.Collections.unmodifiableMap(new TreeMap<>(setting));
        environment = java.util.Collections.unmodifiableMap(new TreeMap<>(environment));
    }

    /**
     * A fork with no further environment and no slowdown.
     *
     * @param name which side
     * @param program what runs the jig
     * @param classPath the adopter's classes and libraries
     * @param side the side
     * @param subject the subject
     * @param resources the adopter's limits
     * @param setting the case
     * @param seed the seed
     * @param expectedArtifactSha256 the hash of the artifact that must be loaded; empty when there is none
     * @param subjectEntry an entry of the subject's jar; empty for none
     * @param workDirectory the fork's working directory
     * @param log where its standard error goes
     */
    public ForkSpec(
            final SideName name,
            final JigRecipe.Program program,
            final List<Path> classPath,
            final Side side,
            final SubjectRecipe subject,
            final AdopterRecipe.Resources resources,
            final Map<String, String> setting,
            final long seed,
            final String expectedArtifactSha256,
            final String subjectEntry,
            final Path workDirectory,
            final Path log) {
        this(
                name,
                program,
                classPath,
                side,
                subject,
                resources,
                setting,
                seed,
                expectedArtifactSha256,
                subjectEntry,
                workDirectory,
                log,
                Map.of(),
                0);
    }

    /**
     * The same fork with further environment.
     *
     * @param further names and values
     * @return the spec
     */
    public ForkSpec withEnvironment(final Map<String, String> further) {
        return new ForkSpec(
                name,
                program,
                classPath,
                side,
                subject,
                resources,
                setting,
                seed,
                expectedArtifactSha256,
                subjectEntry,
                workDirectory,
                log,
                further,
                slowdown);
    }

    /**
     * The same fork, slowed by the harness: a positive control. Only JVM jigs have a harness of ours.
     *
     * @param share how much longer every run takes, for example 0.045
     * @return the spec
     */
    public ForkSpec withSlowdown(final double share) {
        return new ForkSpec(
                name,
                program,
                classPath,
                side,
                subject,
                resources,
                setting,
                seed,
                expectedArtifactSha256,
                subjectEntry,
                workDirectory,
                log,
                environment,
                share);
    }

    /**
     * The same fork with other flags or environment of its side.
     *
     * @param other the side
     * @return the spec
     */
    public ForkSpec withSide(final Side other) {
        return new ForkSpec(
                name,
                program,
                classPath,
                other,
                subject,
                resources,
                setting,
                seed,
                expectedArtifactSha256,
                subjectEntry,
                workDirectory,
                log,
                environment,
                slowdown);
    }

    /**
     * The transport that the fork must prove it used.
     *
     * @return the case's setting of that name, if it has one
     */
    public Optional<String> expectedTransport() {
        return Optional.ofNullable(setting.get(TRANSPORT));
    }
}
