package dev.maar.coordinator.cli;

/** The exit codes of every command, as scripts rely on them. */
final class ExitCode {

    /** Nothing regressed. */
    static final int OK = 0;
    /** Something regressed. */
    static final int REGRESSED = 1;
    /** The command or a manifest is wrong. */
    static final int USAGE = 2;
    /** No verdict: errors, aborted, or a control failed. */
    static final int NO_VERDICT = 3;
    /** Interrupted by Ctrl-C or SIGTERM. */
    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
