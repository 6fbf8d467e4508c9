package dev.maar.coordinator.cli;

import dev.maar.agent.job.JobJson;
import dev.maar.agent.source.FileTrees;
import dev.maar.coordinator.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Copies the adopters' snapshots out of scratch space, which ends with the process that planned, to where agents and the next coordinator
 * find them.
 */
final class KeptSources {

    private KeptSources() {}

    /** The same plan with its snapshots in this folder. */
    static Plan keep(final Plan plan, final Path scratch, final Path folder) throws IOException {
        final JobJson json = new JobJson();
        String text = json.write(plan);
        for (final Plan.PlannedAdopter adopter : plan.adopters()) {
            final Path from = Path.of(adopter.recipe().directory());
            if (from.startsWith(scratch)) {
                final Path to = folder.resolve(adopter.recipe().name());
                Files.createDirectories(folder);
                FileTrees.copy(from, to);
                // As text, for it does not matter where else a plan comes to mention the folder.
                text = text.replace(json.write(from.toString()), json.write(to.toString()));
            }
        }
        return json.read(text, Plan.class);
    }
}
