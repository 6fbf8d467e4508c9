package dev.maar.coordinator.cli;

import dev.maar.agent.job.JobJson;
import dev.maar.agent.job.Side;
import dev.maar.agent.source.FileTrees;
import dev.maar.agent.source.GitSource;
import dev.maar.agent.source.Packer;
import dev.maar.agent.source.SourceException;
import dev.maar.coordinator.dispatch.EmbeddedFarm;
import dev.maar.coordinator.plan.Plan;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The sources of experiments, packed for agents to fetch and for the next coordinator to find: nobody but who planned needs the checkout. For
 * each experiment a folder.
 */
final class KeptSources {

    private static final String PACKS = "packs";

    private final Path experiments;

    /** In the folder where each experiment has one. */
    KeptSources(final Path experiments) {
        this.experiments = experiments;
    }

    /** The same plan with packs in place of folders. */
    Plan keep(final Plan plan, final EmbeddedFarm planning) throws IOException, InterruptedException, SourceException {
        final Packer packer = new Packer(packs(plan.id()), planning.scratch());
        final JobJson json = new JobJson();
        // As text, for it does not matter where a plan comes to mention a folder.
        String text = json.write(plan);
        for (final Plan.PlannedAdopter adopter : plan.adopters()) {
            final String directory = adopter.recipe().directory();
            text = text.replace(
                    json.write(directory),
                    json.write(packer.files(Path.of(directory)).text()));
        }
        final String source = plan.subject().source();
        if (!source.isEmpty()) {
            final Set<String> trees = new TreeSet<>();
            add(plan.sides().a(), trees);
            add(plan.sides().b(), trees);
            final GitSource git =
                    GitSource.open(Path.of(source), planning.cache(), planning.scratch(), planning.jdks());
            text = text.replace(
                    json.write(source), json.write(packer.trees(git, trees).text()));
        }
        return json.read(text, Plan.class);
    }

    private static void add(final Side side, final Set<String> trees) {
        if (side.release().isEmpty()) {
            trees.add(side.tree());
        }
    }

    /** Nobody fetches an experiment's sources any more. */
    void remove(final String experiment) throws IOException {
        FileTrees.delete(experiments.resolve(experiment));
    }

    private Path packs(final String experiment) {
        return experiments.resolve(experiment).resolve(PACKS);
    }

    /** The pack with a hash, of whichever experiment. */
    Optional<Path> find(final String sha256) {
        if (!Files.isDirectory(experiments)) {
            return Optional.empty();
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(experiments)) {
            for (final Path experiment : all) {
                final Optional<Path> pack = Packer.find(experiment.resolve(PACKS), sha256);
                if (pack.isPresent()) {
                    return pack;
                }
            }
            return Optional.empty();
        } catch (final IOException gone) {
            // An experiment has ended in this moment. Who asks for one that has not asks again.
            return Optional.empty();
        }
    }
}
