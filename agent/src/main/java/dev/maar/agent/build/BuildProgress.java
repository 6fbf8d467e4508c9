package dev.maar.agent.build;

/** Is told what is being built, before it is; not told of what comes from a cache. Called on the building thread. */
@FunctionalInterface
public interface BuildProgress {

    /** Tells nobody. */
    BuildProgress SILENT = what -> {};

    /**
     * Something begins that takes seconds or more.
     *
     * @param what it, such as {@code building subject transport-runtime a}
     */
    void begins(String what);
}
