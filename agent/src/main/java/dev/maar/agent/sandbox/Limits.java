package dev.maar.agent.sandbox;

import dev.maar.agent.job.AdopterRecipe.Resources;

/**
 * How much a program and everything it starts may use. A program that uses more is killed with all it started, and the reason says
 * which limit it was.
 *
 * @param memoryBytes memory of its own, all processes together; memory that is shared with files is not counted
 * @param tasks processes and threads
 * @param diskBytes bytes in the files of its work place
 * @param outputBytes bytes that it prints; far fewer are kept
 */
public record Limits(long memoryBytes, int tasks, long diskBytes, long outputBytes) {

    /** No limits. */
    public static final Limits NONE = new Limits(Long.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);

    private static final long OUTPUT_BYTES = 256L << 20;
    /** What a JVM takes beside its heap: code, classes, stacks, buffers. */
    private static final long BESIDE_HEAP_BYTES = 512L << 20;
    /** What a build tool, a compiler and a JVM for tests take beside what they build. */
    private static final long BUILD_TOOL_BYTES = 2L << 30;
    /** Threads that a JVM has for itself: some, and some for each core. */
    private static final int JVM_TASKS = 32;

    private static final int JVM_TASKS_A_CORE = 2;
    private static final int JVMS_OF_A_BUILD = 3;

    /**
     * A fork's limits: its manifest's, and what a JVM needs beside them. It has no work place on disk.
     *
     * @param resources the manifest's
     * @return the limits
     */
    public static Limits ofFork(final Resources resources) {
        return new Limits(
                sum(resources.memoryBytes(), BESIDE_HEAP_BYTES),
                tasks(resources, 1),
                resources.diskBytes(),
                OUTPUT_BYTES);
    }

    /**
     * The limits of a build or a test run: its manifest's, and what build tools need beside them.
     *
     * @param resources the manifest's
     * @return the limits
     */
    public static Limits ofBuild(final Resources resources) {
        return new Limits(
                sum(resources.memoryBytes(), BUILD_TOOL_BYTES),
                tasks(resources, JVMS_OF_A_BUILD),
                resources.diskBytes(),
                OUTPUT_BYTES);
    }

    private static int tasks(final Resources resources, final int jvms) {
        final int jvm = JVM_TASKS + JVM_TASKS_A_CORE * Runtime.getRuntime().availableProcessors();
        return (int) Math.min(Integer.MAX_VALUE, (long) resources.processes() + (long) jvms * jvm);
    }

    private static long sum(final long bytes, final long more) {
        return bytes > Long.MAX_VALUE - more ? Long.MAX_VALUE : bytes + more;
    }
}
