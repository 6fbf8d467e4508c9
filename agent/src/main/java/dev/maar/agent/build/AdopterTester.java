package dev.maar.agent.build;

import dev.maar.agent.job.AdopterRecipe;
import dev.maar.agent.job.Side;
import dev.maar.agent.job.TestOutcome;
import java.io.IOException;

/** Runs a built adopter's own tests. Thread-safe. */
public final class AdopterTester {

    /**
     * With what all builders share.
     *
     * @param context the context
     */
    public AdopterTester(final BuildContext context) {}

    /**
     * Tests an adopter, or finds it tested.
     *
     * @param recipe how
     * @param built the adopter as {@link AdopterBuilder} built it
     * @param subject the side's subject
     * @param side the side
     * @return what came of it; tests that fail are an outcome, not an exception
     * @throws IOException when the cache can not be written
     * @throws InterruptedException when interrupted; what ran is gone then
     */
    public TestOutcome test(
            final AdopterRecipe recipe, final BuiltAdopter built, final SubjectArtifact subject, final Side side)
            throws IOException, InterruptedException {
        throw new UnsupportedOperationException("lands next");
    }
}
