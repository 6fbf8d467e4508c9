package dev.maar.coordinator.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code maar completion}: a script for the shell to complete commands and options by. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = {
            "Prints a completion script for a shell.",
            "bash: source <(./maar completion bash); fish: ./maar completion fish | source"
        })
final class CompletionCommand implements Callable<Integer> {

    /** The shells that can be completed for. */
    enum Shell {
        bash,
        zsh,
        fish
    }

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "bash|zsh|fish", description = "The shell.")
    private Shell shell;

    @Override
    public Integer call() {
        final CommandLine root = spec.root().commandLine();
        System.out.print(
                switch (shell) {
                    case bash -> AutoComplete.bash("maar", root);
                    // Zsh reads bash's script through its own emulation.
                    case zsh -> "autoload -U +X bashcompinit && bashcompinit\n" + AutoComplete.bash("maar", root);
                    case fish -> fish(root);
                });
        return ExitCode.OK;
    }

    private static String fish(final CommandLine root) {
        final StringBuilder script = new StringBuilder();
        for (final CommandLine command : root.getSubcommands().values()) {
            final String name = command.getCommandName();
            script.append("complete -c maar -f -n __fish_use_subcommand -a ")
                    .append(name)
                    .append(" -d ")
                    .append(quoted(command.getCommandSpec().usageMessage().description()[0]))
                    .append('\n');
            for (final OptionSpec option : command.getCommandSpec().options()) {
                script.append("complete -c maar -n '__fish_seen_subcommand_from ")
                        .append(name)
                        .append("' -l ")
                        .append(SettingsSource.settingName(option))
                        .append(option.arity().max() > 0 ? " -r" : "")
                        .append(" -d ")
                        .append(quoted(String.join(" ", option.description())))
                        .append('\n');
            }
        }
        return script.toString();
    }

    private static String quoted(final String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
