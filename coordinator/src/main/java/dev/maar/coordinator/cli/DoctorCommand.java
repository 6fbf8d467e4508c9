package dev.maar.coordinator.cli;

import dev.maar.agent.doctor.Doctor;
import dev.maar.agent.doctor.Finding;
import dev.maar.agent.settings.Setting;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code maar doctor}: what on this machine would spoil a measurement or a build. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = "Looks for what on this machine would spoil a measurement or a build, and says the mend.")
final class DoctorCommand implements Callable<Integer> {

    private static final Duration WATCH = Duration.ofSeconds(1);

    @ParentCommand
    private MaarCommand maar;

    @Spec
    private CommandSpec spec;

    @Option(names = "--settings", description = "Print every setting with its environment variable and default.")
    private boolean settings;

    @Override
    public Integer call() throws Exception {
        if (settings) {
            printSettings();
            return ExitCode.OK;
        }
        final List<Finding> findings = Doctor.examine(maar.state(), WATCH);
        for (final Finding finding : findings) {
            System.out.println(String.format(
                    Locale.ROOT, "%-7s %-14s %s", finding.state().label(), finding.subject(), finding.detail()));
            if (!finding.mend().isEmpty()) {
                System.out.println(" ".repeat(23) + "-> " + finding.mend());
            }
        }
        final boolean broken = findings.stream().anyMatch(finding -> finding.state() == Finding.State.BROKEN);
        final boolean noisy = findings.stream().anyMatch(finding -> finding.state() == Finding.State.NOISY);
        System.out.println(
                broken
                        ? "\nMaar will not work here until what is broken is mended."
                        : noisy ? "\nMaar works here; measurements need more pairs than they must." : "\nAll is well.");
        return broken ? ExitCode.NO_VERDICT : ExitCode.OK;
    }

    private void printSettings() {
        for (final var command : spec.root().subcommands().values()) {
            System.out.println(command.getCommandName() + ":");
            for (final OptionSpec option : command.getCommandSpec().options()) {
                if (!option.usageHelp() && !option.versionHelp()) {
                    System.out.println(String.format(
                            Locale.ROOT,
                            "  %-14s %-18s %s",
                            SettingsSource.settingName(option),
                            SettingsSource.environmentName(option),
                            String.join(" ", option.description())
                                    .replace("${DEFAULT-VALUE}", String.valueOf(option.defaultValue()))));
                }
            }
        }
        System.out.println("agent (in the environment or in maar.yaml):");
        for (final Setting setting : Setting.values()) {
            System.out.println(String.format(
                    Locale.ROOT, "  %-26s %-31s %s", setting.label(), setting.environmentName(), setting.meaning()));
            System.out.println(String.format(
                    Locale.ROOT,
                    "  %-26s %-31s default %s, in %s",
                    "",
                    "",
                    number(setting.byDefault()),
                    setting.unit()));
        }
    }

    private static String number(final double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
