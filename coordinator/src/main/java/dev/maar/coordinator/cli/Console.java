package dev.maar.coordinator.cli;

import java.io.PrintStream;

/**
 * What a command talks through. Results go to {@code out}, everything else to {@code err}, so that output can be piped.
 *
 * @param out results
 * @param err progress and errors
 * @param colour whether colour may repeat what words say
 * @param terminal whether a person watches: a bar instead of lines
 * @param quiet whether progress is left out
 */
record Console(PrintStream out, PrintStream err, boolean colour, boolean terminal, boolean quiet) {

    /**
     * The console of this process. Whether somebody watches is told by the launcher, for Java itself can not tell one stream's terminal
     * from another's.
     */
    static Console of(final boolean jsonOnly, final boolean noColour, final boolean quiet) {
        final boolean colour =
                Boolean.getBoolean("maar.terminal.out") && !noColour && System.getenv("NO_COLOR") == null;
        return new Console(
                jsonOnly ? System.err : System.out,
                System.err,
                colour && !jsonOnly,
                Boolean.getBoolean("maar.terminal.err"),
                quiet);
    }

    /** Says something by the way; nothing when quiet. */
    void say(final String line) {
        if (!quiet) {
            err.println(line);
        }
    }
}
