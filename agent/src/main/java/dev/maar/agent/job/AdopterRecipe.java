package dev.maar.agent.job;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/**
 * How an adopter is built, tested and measured: its manifest, with what a job needs and nothing else.
 *
 * @param name the adopter's name
 * @param directory where its source is on this machine, or what {@code dev.maar.agent.source.Packed} writes of a pack of it: a snapshot
 *     taken once for the experiment, not the live files
 * @param contentSha256 a hash over the names and contents of that snapshot
 * @param build how it is built
 * @param test how it is tested
 * @param jigs its hot paths
 * @param timeouts its time limits
 * @param resources its other limits
 */
public record AdopterRecipe(
        String name,
        String directory,
        String contentSha256,
        Build build,
        Test test,
        List<JigRecipe> jigs,
        Timeouts timeouts,
        Resources resources) {

    /** Copies the list. */
    public AdopterRecipe {
        jigs = List.copyOf(jigs);
    }

    /** The ways to build an adopter. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = MavenBuild.class, name = "maven"),
        @JsonSubTypes.Type(value = JavacBuild.class, name = "javac"),
        @JsonSubTypes.Type(value = CommandBuild.class, name = "command"),
        @JsonSubTypes.Type(value = NoBuild.class, name = "none")
    })
    public sealed interface Build {}

    /**
     * The adopter's own Maven build.
     *
     * @param versionProperty the property of its POM that says which version of the subject it uses; empty when it has none, and
     *     the version is put into the farm's copy of its POMs
     * @param arguments further arguments for Maven
     */
    public record MavenBuild(String versionProperty, List<String> arguments) implements Build {
        /** Copies the list. */
        public MavenBuild {
            arguments = List.copyOf(arguments);
        }
    }

    /**
     * Java sources beside the manifest, compiled by javac.
     *
     * @param classpath {@code group:artifact:version} of each library; the subject's without a version
     */
    public record JavacBuild(List<String> classpath) implements Build {
        /** Copies the list. */
        public JavacBuild {
            classpath = List.copyOf(classpath);
        }
    }

    /**
     * A command.
     *
     * @param command the argument list; no shell
     */
    public record CommandBuild(List<String> command) implements Build {
        /** Copies the list. */
        public CommandBuild {
            command = List.copyOf(command);
        }
    }

    /** Nothing to build. */
    public record NoBuild() implements Build {}

    /** The ways to test an adopter. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = MavenTest.class, name = "maven"),
        @JsonSubTypes.Type(value = CommandTest.class, name = "command"),
        @JsonSubTypes.Type(value = NoTest.class, name = "none")
    })
    public sealed interface Test {}

    /**
     * Surefire's tests of the adopter's Maven build.
     *
     * @param arguments further arguments for Maven
     */
    public record MavenTest(List<String> arguments) implements Test {
        /** Copies the list. */
        public MavenTest {
            arguments = List.copyOf(arguments);
        }
    }

    /**
     * A command that writes JUnit XML.
     *
     * @param command the argument list; no shell
     * @param junitXml a glob, relative to the adopter's folder, for the result files
     */
    public record CommandTest(List<String> command, String junitXml) implements Test {
        /** Copies the list. */
        public CommandTest {
            command = List.copyOf(command);
        }
    }

    /** The adopter has no tests. */
    public record NoTest() implements Test {}

    /**
     * Time limits in milliseconds.
     *
     * @param buildMillis for building one side
     * @param testMillis for testing one side
     * @param silenceMillis how long a build, a test or a fork may say nothing
     */
    public record Timeouts(long buildMillis, long testMillis, long silenceMillis) {}

    /**
     * Limits of what builds, tests and measures it. What a JVM or a build tool needs for itself comes on top of memory and processes.
     *
     * @param memoryBytes heap of a JVM fork, and memory of a build
     * @param processes how many processes and threads there may be
     * @param diskBytes how large the place may become in which it is built and tested
     */
    public record Resources(long memoryBytes, int processes, long diskBytes) {

        /** The disk that a manifest gets which does not say: 4 GiB. */
        public static final long DEFAULT_DISK_BYTES = 4L << 30;

        /**
         * Limits with the default for the disk.
         *
         * @param memoryBytes heap of a JVM fork, and memory of a build
         * @param processes how many processes and threads there may be
         */
        public Resources(final long memoryBytes, final int processes) {
            this(memoryBytes, processes, DEFAULT_DISK_BYTES);
        }
    }
}
