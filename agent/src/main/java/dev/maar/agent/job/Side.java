package dev.maar.agent.job;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One side of an experiment, resolved to content: nothing in it moves when a branch or the working tree does.
 *
 * @param name a or b
 * @param spec what the user wrote, with defaults filled in
 * @param commit the commit the side is based on; empty when there is none
 * @param tree the git tree that is built, patches and uncommitted files included; {@code release:VERSION} for a published artifact
 * @param dirty whether the tree holds something that the commit does not
 * @param jdk the home of the JDK that compiles and runs this side; empty for the one Maar runs on
 * @param jvmArgs extra flags for this side's forks
 * @param env extra environment for this side's forks
 * @param patches the patch files applied, as written
 * @param copy which of several builds of the same content this is: 0, or higher for a build of its own, under a version of its own
 */
public record Side(
        SideName name,
        String spec,
        String commit,
        String tree,
        boolean dirty,
        String jdk,
        List<String> jvmArgs,
        Map<String, String> env,
        List<String> patches,
        int copy) {

    private static final String RELEASE = "release:";

    /** Copies the collections. */
    public Side {
        jvmArgs = List.copyOf(jvmArgs);
        env = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(env));
        patches = List.copyOf(patches);
    }

    /**
     * What stands for the tree of a published artifact, which has none.
     *
     * @param version its version
     * @return {@code release:VERSION}
     */
    public static String releaseTree(final String version) {
        return RELEASE + version;
    }

    /**
     * The published version that the side is.
     *
     * @return the version; nothing for a side that is built from source
     */
    public Optional<String> release() {
        return tree.startsWith(RELEASE) ? Optional.of(tree.substring(RELEASE.length())) : Optional.empty();
    }

    /**
     * A side that shares its build with every other of the same content.
     *
     * @param name a or b
     * @param spec what the user wrote, with defaults filled in
     * @param commit the commit the side is based on; empty when there is none
     * @param tree the git tree that is built
     * @param dirty whether the tree holds something that the commit does not
     * @param jdk the home of the JDK; empty for the one Maar runs on
     * @param jvmArgs extra flags for this side's forks
     * @param env extra environment for this side's forks
     * @param patches the patch files applied, as written
     */
    public Side(
            final SideName name,
            final String spec,
            final String commit,
            final String tree,
            final boolean dirty,
            final String jdk,
            final List<String> jvmArgs,
            final Map<String, String> env,
            final List<String> patches) {
        this(name, spec, commit, tree, dirty, jdk, jvmArgs, env, patches, 0);
    }

    /**
     * The same side on a machine where its JDK is somewhere else.
     *
     * @param home of the JDK there
     * @return a side that differs from this in nothing but the place of its JDK
     */
    public Side on(final String home) {
        return new Side(name, spec, commit, tree, dirty, home, jvmArgs, env, patches, copy);
    }

    /**
     * The same content as the other side, built once more under a version of its own.
     *
     * @return a side that differs from this in nothing but its name and its build
     */
    public Side twin() {
        return new Side(name.other(), spec, commit, tree, dirty, jdk, jvmArgs, env, patches, copy + 1);
    }
}
