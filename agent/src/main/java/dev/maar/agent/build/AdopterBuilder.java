package dev.maar.agent.build;

import dev.maar.agent.job.AdopterRecipe;
import dev.maar.agent.job.Side;
import dev.maar.agent.job.Stage;
import java.io.IOException;
import java.util.Set;

/** Builds an adopter against one side. Thread-safe. */
public final class AdopterBuilder {

    /**
     * With what all builders share.
     *
     * @param context the context
     */
    public AdopterBuilder(final BuildContext context) {}

    /**
     * Builds an adopter, or finds it built. When its tests are asked for too, they run in the same call of Maven where that is
     * possible, and {@link AdopterTester} finds their result.
     *
     * @param recipe how
     * @param subject the side's subject
     * @param side the side
     * @param stages the stages that will be asked for
     * @return what came of it; a build that fails is an outcome, not an exception
     * @throws IOException when the cache can not be written
     * @throws InterruptedException when interrupted; what ran is gone then
     */
    public BuiltAdopter build(
            final AdopterRecipe recipe, final SubjectArtifact subject, final Side side, final Set<Stage> stages)
            throws IOException, InterruptedException {
        throw new UnsupportedOperationException("lands next");
    }
}
