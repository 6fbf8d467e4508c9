package dev.maar.agent.build;

import dev.maar.agent.job.Side;
import dev.maar.agent.job.SubjectRecipe;
import dev.maar.agent.source.GitSource;
import dev.maar.agent.source.SourceException;
import java.io.IOException;

/** Builds one side's subject. Thread-safe. */
public final class SubjectBuilder {

    /**
     * With what all builders share.
     *
     * @param context the context
     */
    public SubjectBuilder(final BuildContext context) {}

    /**
     * Builds a side, or finds it built.
     *
     * @param recipe how
     * @param side which content
     * @param source where the content is
     * @return what came of it; a build that fails is an outcome, not an exception
     * @throws SourceException when the side's tree is not there or can not be used
     * @throws IOException when the cache can not be written
     * @throws InterruptedException when interrupted; what ran is gone then
     */
    public SubjectBuild build(final SubjectRecipe recipe, final Side side, final GitSource source)
            throws IOException, InterruptedException, SourceException {
        throw new UnsupportedOperationException("lands next");
    }
}
