package dev.maar.coordinator.cli;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine;

/** The entry point: reads the command line, runs the command, exits with its code. */
public final class Main {

    private Main() {}

    /**
     * Runs a command and exits.
     *
     * @param arguments the command line
     */
    public static void main(final String[] arguments) {
        System.exit(run(arguments));
    }

    private static int run(final String[] arguments) {
        final CommandLine line = commandLine();
        try {
            line.setDefaultValueProvider(SettingsSource.read(Path.of(""), System.getenv()));
        } catch (final IOException e) {
            System.err.println("maar: " + e.getMessage());
            return ExitCode.USAGE;
        }
        return line.execute(arguments);
    }

    static CommandLine commandLine() {
        final CommandLine line = new CommandLine(new MaarCommand());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler(new Failures());
        line.setParameterExceptionHandler((problem, words) -> {
            System.err.println("maar: " + problem.getMessage());
            if (!CommandLine.UnmatchedArgumentException.printSuggestions(problem, System.err)) {
                System.err.println("Try: maar "
                        + (problem.getCommandLine().getParent() == null
                                ? ""
                                : problem.getCommandLine().getCommandName() + " ")
                        + "--help");
            }
            return ExitCode.USAGE;
        });
        return line;
    }
}
