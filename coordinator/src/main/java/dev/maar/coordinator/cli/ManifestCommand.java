package dev.maar.coordinator.cli;

import dev.maar.coordinator.manifest.AdopterManifest;
import dev.maar.coordinator.manifest.CaseFilter;
import dev.maar.coordinator.manifest.Manifests;
import dev.maar.coordinator.manifest.SubjectManifest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code maar manifest}: looks at manifests, and begins new ones. */
@Command(
        name = "manifest",
        mixinStandardHelpOptions = true,
        description = "Validates, lists and begins manifests.",
        subcommands = ManifestNewCommand.class)
final class ManifestCommand implements Runnable {

    @ParentCommand
    private MaarCommand maar;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "check, list or new?");
    }

    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            description = "Reads all manifests and names every mistake by file and line.")
    int check(
            @Option(names = "--manifests", paramLabel = "DIR", description = "Where they are; repeatable.")
                    final List<Path> folders)
            throws Exception {
        final Manifests manifests = Manifests.load(places(folders));
        System.out.println("manifests in order: " + manifests.subjects().size() + " subjects, "
                + manifests.adopters().size() + " adopters");
        return ExitCode.OK;
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists subjects and adopters with their jigs and cases.")
    int list(
            @Option(names = "--manifests", paramLabel = "DIR", description = "Where they are; repeatable.")
                    final List<Path> folders)
            throws Exception {
        final Manifests manifests = Manifests.load(places(folders));
        for (final SubjectManifest subject : manifests.subjects().values()) {
            System.out.println(subject.name() + (subject.artifact().isEmpty() ? "" : "  " + subject.artifact()));
            for (final AdopterManifest adopter : manifests.adoptersOf(subject.name())) {
                System.out.println(String.format(Locale.ROOT, "  %-24s %s", adopter.name(), adopter.description()));
                adopter.jigs().forEach(ManifestCommand::print);
            }
        }
        return ExitCode.OK;
    }

    private static void print(final AdopterManifest.Jig jig) {
        final int cells = jig.cells(CaseFilter.ALL).size();
        final int larger = jig.cells(CaseFilter.ALL.withLarger(true)).size();
        System.out.println("    " + jig.name() + ": " + words(jig.cases()) + "  (" + cells
                + (cells == 1 ? " case" : " cases")
                + (larger == cells ? "" : ", " + larger + " with a larger budget than quick") + ")");
        if (!jig.larger().isEmpty()) {
            System.out.println("      larger budgets: " + words(jig.larger()));
        }
        if (!jig.more().isEmpty()) {
            System.out.println("      when asked for: " + words(jig.more()));
        }
    }

    private static String words(final Map<String, List<String>> settings) {
        return settings.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + String.join(",", entry.getValue()))
                .collect(Collectors.joining("  "));
    }

    /** The command that this one belongs to. */
    MaarCommand maar() {
        return maar;
    }

    private List<Path> places(final List<Path> folders) {
        return folders == null || folders.isEmpty()
                ? List.of(ManifestFolder.byDefault(maar.root()))
                : new ArrayList<>(folders);
    }
}
