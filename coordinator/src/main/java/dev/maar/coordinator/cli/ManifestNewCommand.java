package dev.maar.coordinator.cli;

import dev.maar.agent.job.SideName;
import dev.maar.agent.job.Stage;
import dev.maar.agent.sandbox.Sandbox;
import dev.maar.agent.source.GitSource;
import dev.maar.agent.source.RemoteRepository;
import dev.maar.agent.source.SideSpec;
import dev.maar.coordinator.dispatch.EmbeddedFarm;
import dev.maar.coordinator.experiment.PlanException;
import dev.maar.coordinator.experiment.Request;
import dev.maar.coordinator.manifest.ManifestException;
import dev.maar.coordinator.manifest.Manifests;
import dev.maar.coordinator.manifest.Scaffold;
import dev.maar.coordinator.manifest.SubjectManifest;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code maar manifest new}: an adopter and its jig from a Maven coordinate or a git URL, run once against one side. */
@Command(
        name = "new",
        mixinStandardHelpOptions = true,
        description = {
            "Writes an adopter and its jig, to be filled in, and runs it once.",
            "  maar manifest new my-loop --library org.agrona:agrona --side release:1.22.0",
            "  maar manifest new my-app --git https://git.example.org/app.git --subject agrona --side release:1.22.0 --trust"
        })
final class ManifestNewCommand implements Callable<Integer> {

    @ParentCommand
    private ManifestCommand parent;

    @Mixin
    private MeasureOptions options;

    @Parameters(paramLabel = "NAME", description = "The adopter's name: lower-case letters, digits and hyphens.")
    private String name;

    @Option(
            names = "--library",
            paramLabel = "GROUP:ARTIFACT",
            description = "The library; it becomes a subject when it is none yet.")
    private Optional<String> library;

    @Option(
            names = "--git",
            paramLabel = "URL",
            description = "The app's repository, with a Maven build; pinned to its newest commit.")
    private Optional<String> git;

    @Option(
            names = "--side",
            paramLabel = "SIDE",
            description = "What to run it against, as both sides (default: ${DEFAULT-VALUE}).",
            defaultValue = "HEAD")
    private String side;

    @Override
    public Integer call() throws Exception {
        if (library.isPresent() == git.isPresent()) {
            throw new PlanException("say either --library GROUP:ARTIFACT or --git URL");
        }
        if (!name.matches("(?!all$)[a-z0-9][a-z0-9-]{0,63}")) {
            throw new PlanException(
                    "'" + name + "' can not be an adopter's name; write lower-case letters, digits and hyphens");
        }
        final Path folder = options.manifests(parent.maar().root()).get(0);
        try {
            final List<Path> written = library.isPresent() ? bare(folder, library.get()) : app(folder);
            written.forEach(file -> System.err.println("wrote " + file));
        } catch (final FileAlreadyExistsException e) {
            throw new PlanException(e.getFile() + " is there already; choose another name");
        }
        // The new manifest is read as any other: what is wrong with it is said with its line.
        Manifests.load(options.manifests(parent.maar().root()));
        final int code = new ExperimentSession(parent.maar(), options)
                .run(new Question(
                        "new " + name,
                        Optional.of(side),
                        side,
                        name,
                        List.of(Stage.BUILD, Stage.TEST, Stage.MEASURE),
                        Request.Only.ALL,
                        false));
        System.err.println("next: put the app's hot path into the jig's hot(), then ./maar jig " + name);
        return code;
    }

    private List<Path> bare(final Path folder, final String artifact)
            throws IOException, ManifestException, PlanException {
        if (!artifact.matches("[A-Za-z0-9_][A-Za-z0-9_.-]*:[A-Za-z0-9_][A-Za-z0-9_.-]*")) {
            throw new PlanException("--library: '" + artifact
                    + "' is not group:artifact; the version goes into --side release:VERSION");
        }
        final List<Path> written = new ArrayList<>();
        final Optional<String> known = Files.isDirectory(folder) ? known(artifact) : Optional.empty();
        final String subject = known.orElseGet(() -> Scaffold.subjectName(artifact));
        final Scaffold scaffold = new Scaffold(folder);
        written.addAll(scaffold.bare(name, subject, artifact));
        if (known.isEmpty()) {
            written.add(scaffold.subject(subject, artifact));
        }
        options.judge(subject);
        return written;
    }

    private Optional<String> known(final String artifact) throws ManifestException {
        return Manifests.load(options.manifests(parent.maar().root())).subjects().values().stream()
                .filter(subject -> subject.artifact().equals(artifact))
                .map(SubjectManifest::name)
                .findFirst();
    }

    private List<Path> app(final Path folder) throws Exception {
        final String url = git.orElse("");
        // Said before anything is written, since the first run would be refused.
        final Sandbox sandbox = new Preparation(parent.maar(), options, options.console(), Clock.systemUTC())
                .sandboxFor(Optional.of(name + ": its source comes from " + url))
                .sandbox();
        try (EmbeddedFarm farm = EmbeddedFarm.open(
                parent.maar().state(),
                sandbox,
                options.building().cacheBytes(),
                parent.maar().agentSettings())) {
            final Path mirror = RemoteRepository.open(url, farm.cache()).update();
            final String commit = GitSource.open(mirror, farm.cache(), farm.scratch(), farm.jdks())
                    .resolve(SideName.A, SideSpec.parse("HEAD"))
                    .commit();
            return new Scaffold(folder).app(name, options.subject(), url, commit);
        }
    }
}
