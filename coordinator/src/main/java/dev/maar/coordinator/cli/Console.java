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

    /** Says something by the way; nothing when quiet. */
    void say(final String line) {
        if (!quiet) {
            err.println(line);
        }
    }
}
