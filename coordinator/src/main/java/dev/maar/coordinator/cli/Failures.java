package dev.maar.coordinator.cli;

import dev.maar.agent.sandbox.SandboxChoice;
import dev.maar.agent.source.SourceException;
import dev.maar.coordinator.experiment.PlanException;
import dev.maar.coordinator.manifest.ManifestException;
import dev.maar.coordinator.manifest.SelectionException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** What a user reads when a command fails: what happened and what to do, and a stack trace only when asked for. */
final class Failures implements IExecutionExceptionHandler {

    @Override
    public int handleExecutionException(final Exception failure, final CommandLine line, final ParseResult result) {
        if (Arrays.asList(result.originalArgs().toArray()).contains("--verbose")
                || result.expandedArgs().contains("--verbose")) {
            failure.printStackTrace(System.err);
        }
        System.err.println("maar: " + message(failure));
        return code(failure);
    }

    private static int code(final Exception failure) {
        if (failure instanceof ManifestException
                || failure instanceof SelectionException
                || failure instanceof SourceException
                || failure instanceof PlanException
                || failure instanceof SandboxChoice.UnavailableException) {
            return ExitCode.USAGE;
        }
        return failure instanceof InterruptedException ? ExitCode.INTERRUPTED : ExitCode.NO_VERDICT;
    }

    static String message(final Exception failure) {
        final String words = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        if (words.contains("No space left on device")) {
            return "the disk is full (" + words + "). Free some space, or remove old runs and caches in .maar; nothing"
                    + " that was measured is lost.";
        }
        if (failure instanceof final FileSystemException file) {
            final String reason = file.getReason() == null ? failure.getClass().getSimpleName() : file.getReason();
            return file.getFile() + ": " + reason;
        }
        if (failure instanceof IOException
                || code(failure) == ExitCode.USAGE
                || failure instanceof InterruptedException) {
            return words;
        }
        return "an error of Maar itself: " + failure + ". Run it again with --verbose for the details.";
    }
}
