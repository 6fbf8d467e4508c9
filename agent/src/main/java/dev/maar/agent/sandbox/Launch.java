package dev.maar.agent.sandbox;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A program to start.
 *
 * @param command the argument list; never a shell line
 * @param directory its working directory
 * @param environment its whole environment; nothing is inherited
 * @param log where its standard error goes, and its standard output too unless that is a pipe
 * @param outputPiped whether the caller reads standard output itself
 * @param logLimitBytes how much of the output is kept; the rest is read and dropped
 * @param confinement what holds it; see {@link Sandbox#confine}
 */
public record Launch(
        List<String> command,
        Path directory,
        Map<String, String> environment,
        Path log,
        boolean outputPiped,
        long logLimitBytes,
        Confinement confinement) {

    private static final long DEFAULT_LOG_LIMIT = 8L << 20;
    private static final List<String> PASSED_ON = List.of("PATH", "HOME", "LANG", "LC_ALL", "TZ", "USER", "LOGNAME");

    /** Copies the collections. */
    public Launch {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /**
     * A program that nothing holds yet.
     *
     * @param command the argument list
     * @param directory its working directory
     * @param environment its whole environment
     * @param log where its output goes
     * @param outputPiped whether the caller reads standard output itself
     * @param logLimitBytes how much of the output is kept
     */
    public Launch(
            final List<String> command,
            final Path directory,
            final Map<String, String> environment,
            final Path log,
            final boolean outputPiped,
            final long logLimitBytes) {
        this(command, directory, environment, log, outputPiped, logLimitBytes, Confinement.NONE);
    }

    /**
     * A program whose whole output goes to a log of at most 8 MiB.
     *
     * @param command the argument list
     * @param directory its working directory
     * @param environment its whole environment
     * @param log where its output goes
     * @return the launch
     */
    public static Launch logged(
            final List<String> command, final Path directory, final Map<String, String> environment, final Path log) {
        return new Launch(command, directory, environment, log, false, DEFAULT_LOG_LIMIT);
    }

    /**
     * A program that the caller talks to over standard input and output; its standard error goes to a log of at most 8 MiB.
     *
     * @param command the argument list
     * @param directory its working directory
     * @param environment its whole environment
     * @param log where its standard error goes
     * @return the launch
     */
    public static Launch piped(
            final List<String> command, final Path directory, final Map<String, String> environment, final Path log) {
        return new Launch(command, directory, environment, log, true, DEFAULT_LOG_LIMIT);
    }

    /** The same program, started by this command and held by this. */
    Launch held(final List<String> outerCommand, final Confinement by) {
        return new Launch(outerCommand, directory, environment, log, outputPiped, logLimitBytes, by);
    }

    /**
     * The little of this process's environment that every program may see: where programs and the home are, language and time
     * zone. No tokens, no settings of Maar's.
     *
     * @return a new map, for the caller to add to
     */
    public static Map<String, String> plainEnvironment() {
        final Map<String, String> environment = new LinkedHashMap<>();
        for (final String name : PASSED_ON) {
            final String value = System.getenv(name);
            if (value != null) {
                environment.put(name, value);
            }
        }
        return environment;
    }
}
