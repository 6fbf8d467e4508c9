package dev.maar.coordinator.cli;

import dev.maar.agent.settings.AgentSettings;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code maar} itself, and what all its commands share. */
@Command(
        name = "maar",
        mixinStandardHelpOptions = true,
        version = "maar " + MaarCommand.VERSION,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Builds, tests and measures every adopter app against two sides of a library,",
            "and says whether something regressed."
        },
        footer = {
            "",
            "A SIDE is BASE[+jdk=17|25|PATH][+jvm=FLAG]...[+env=K=V]...[+patch=FILE]..., where BASE is a",
            "git ref or SHA, CURRENT (the checkout with its uncommitted edits) or release:VERSION (published).",
            "Settings come from the flag, then MAAR_ and its name in upper case, then maar.yaml, then the default.",
            "Exit codes: 0 nothing regressed, 1 something regressed, 2 usage or manifest error, 3 no verdict,",
            "130 interrupted."
        },
        subcommands = {
            RunCommand.class,
            HotPathCommand.class,
            AbCommand.class,
            JigCommand.class,
            CalibrateCommand.class,
            VerdictCommand.class,
            ManifestCommand.class,
            CoordinatorCommand.class,
            AgentCommand.class,
            McpCommand.class,
            DoctorCommand.class,
            CompletionCommand.class
        })
final class MaarCommand implements Runnable {

    /** This Maar's version. */
    static final String VERSION = "0.1.0";

    @Spec
    private CommandSpec spec;

    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Show stack traces of errors.")
    private boolean verbose;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "Where Maar keeps runs, caches and scratch files (default: .maar in its checkout).")
    private java.util.Optional<Path> state;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command? Most want: maar run");
    }

    /** The checkout that Maar was started from. */
    Path root() {
        return Path.of(System.getProperty("maar.root", "")).toAbsolutePath().normalize();
    }

    Path state() {
        return state.orElseGet(() -> root().resolve(".maar")).toAbsolutePath().normalize();
    }

    /** The agent's settings, from the environment, then {@code maar.yaml}, then their defaults. */
    AgentSettings agentSettings() {
        final CommandLine line = spec.commandLine();
        try {
            return line.getDefaultValueProvider() instanceof final SettingsSource source
                    ? source.agentSettings()
                    : AgentSettings.defaults();
        } catch (final IllegalArgumentException e) {
            throw new ParameterException(line, String.valueOf(e.getMessage()), e);
        }
    }

    boolean verbose() {
        return verbose;
    }
}
