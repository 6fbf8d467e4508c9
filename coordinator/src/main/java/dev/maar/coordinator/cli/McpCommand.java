package dev.maar.coordinator.cli;

import dev.maar.coordinator.mcp.ToolServer;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;

/** {@code maar mcp}: Maar's commands as tools for a coding agent. */
@Command(
        name = "mcp",
        mixinStandardHelpOptions = true,
        description = {
            "A server of the Model Context Protocol on standard input and output, for coding agents.",
            "Its tools list adopters, run a jig or the hot-path suite on two sides, and read the verdict and the profile",
            "difference of a run. It ends when its input does."
        })
final class McpCommand implements Callable<Integer> {

    @ParentCommand
    private MaarCommand maar;

    @Override
    public Integer call() throws Exception {
        final InputStream in = System.in;
        final PrintStream out = System.out;
        // Whatever prints goes to the log: standard output is the protocol's.
        System.setOut(System.err);
        try (Interruption interruption = Interruption.watch()) {
            new ToolServer(MaarCommand.VERSION, new McpTools(maar).all(), McpCommand::words).serve(in, out);
            return ExitCode.OK;
        } catch (final InterruptedException e) {
            return ExitCode.INTERRUPTED;
        }
    }

    private static String words(final Exception failure) {
        return failure instanceof ParameterException ? String.valueOf(failure.getMessage()) : Failures.message(failure);
    }
}
