package dev.maar.agent.run;

import dev.maar.agent.build.BuildContext;
import dev.maar.agent.build.SubjectBuild;
import dev.maar.agent.build.SubjectBuilder;
import dev.maar.agent.job.BuildOutcome;
import dev.maar.agent.job.Side;
import dev.maar.agent.job.SubjectOutcome;
import dev.maar.agent.job.SubjectRecipe;
import dev.maar.agent.source.GitSource;
import dev.maar.agent.source.Jdks;
import dev.maar.agent.source.PublishedSource;
import dev.maar.agent.source.ScratchSpace;
import dev.maar.agent.source.SideSource;
import dev.maar.agent.source.SourceException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The sides' subjects. One that was built, or found built, once is not looked for again: every adopter of an experiment needs the same two,
 * and telling by git and hashes that they are still there takes longer than all else about an adopter that did not change.
 * For one thread.
 */
final class BuiltSubjects {

    private final BuildContext context;
    private final ScratchSpace scratch;
    private final Jdks jdks;
    private final Map<String, GitSource> sources = new HashMap<>();
    private final Map<Key, SubjectBuild> known = new HashMap<>();

    BuiltSubjects(final BuildContext context, final ScratchSpace scratch, final Jdks jdks) {
        this.context = context;
        this.scratch = scratch;
        this.jdks = jdks;
    }

    /** What a subject's build depends on, as far as it can differ in the life of an agent. */
    private record Key(SubjectRecipe recipe, String tree, Optional<String> release, String jdk, int copy) {}

    /** Builds a side's subject, or finds it built. */
    SubjectBuild build(final SubjectRecipe recipe, final Side side)
            throws IOException, InterruptedException, SourceException {
        final Key key = new Key(recipe, side.tree(), side.release(), side.jdk(), side.copy());
        final SubjectBuild before = known.get(key);
        if (before != null) {
            return before;
        }
        final SubjectBuild built = new SubjectBuilder(context).build(recipe, side, source(recipe));
        if (built.artifact().isPresent()) {
            known.put(key, new SubjectBuild(foundBuilt(built.outcome()), built.artifact()));
        }
        return built;
    }

    private static SubjectOutcome foundBuilt(final SubjectOutcome outcome) {
        final BuildOutcome build = outcome.build();
        return new SubjectOutcome(
                new BuildOutcome(build.status(), build.reason(), build.log(), true, build.millis()),
                outcome.version(),
                outcome.artifactSha256(),
                outcome.artifactBytes());
    }

    /** Where a subject's content is. */
    SideSource source(final SubjectRecipe recipe) throws IOException, InterruptedException, SourceException {
        if (recipe.source().isEmpty()) {
            return new PublishedSource(recipe.name(), jdks);
        }
        final GitSource opened = sources.get(recipe.source());
        if (opened != null) {
            return opened;
        }
        final GitSource fresh =
                GitSource.open(Path.of(recipe.source()), context.settings().cacheDirectory(), scratch, jdks);
        sources.put(recipe.source(), fresh);
        return fresh;
    }
}
