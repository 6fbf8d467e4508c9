package dev.maar.agent.lease;

import dev.maar.agent.job.AdopterRecipe;
import dev.maar.agent.job.Both;
import dev.maar.agent.job.JobJson;
import dev.maar.agent.job.JobSpec;
import dev.maar.agent.job.Side;
import dev.maar.agent.job.SubjectRecipe;
import dev.maar.agent.source.Arrivals;
import dev.maar.agent.source.Jdks;
import dev.maar.agent.source.Packed;
import dev.maar.agent.source.SideSpec;
import dev.maar.agent.source.SourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Brings to this machine what a job needs: sources that it names as packs are fetched from a coordinator, portion by portion, and checked by
 * their hash; what is here already is not fetched again, and what has come in part is gone on with. For one thread.
 */
final class Supply {

    /** No job is worth more. */
    private static final long MOST_BYTES = 8L << 30;

    private static final long AGAIN_MILLIS = 1_000;
    private static final int TRIES = 3;

    private final Arrivals arrivals;
    private final Jdks jdks;
    private final Line line;
    private final Consumer<String> told;
    private final JobJson json = new JobJson();

    /** Fetches over a line to whichever coordinator there is. */
    Supply(final Arrivals arrivals, final Jdks jdks, final Line line, final Consumer<String> told) {
        this.arrivals = arrivals;
        this.jdks = jdks;
        this.line = line;
        this.told = told;
    }

    /** The same job, with every place one of this machine. Waits for a coordinator, and for room on the disk. */
    JobSpec supplied(final JobSpec job) throws IOException, InterruptedException, SourceException {
        if (job instanceof final JobSpec.Stages stages) {
            return new JobSpec.Stages(
                    stages.id(),
                    stages.experiment(),
                    subject(stages.subject()),
                    sides(stages.sides()),
                    adopter(stages.adopter()),
                    stages.stages());
        }
        final JobSpec.Pairs pairs = (JobSpec.Pairs) job;
        return new JobSpec.Pairs(
                pairs.id(),
                pairs.experiment(),
                subject(pairs.subject()),
                sides(pairs.sides()),
                adopter(pairs.adopter()),
                pairs.jig(),
                pairs.cell(),
                pairs.measurement(),
                pairs.session(),
                pairs.slowdown(),
                pairs.seed(),
                pairs.settings(),
                pairs.pairs());
    }

    private SubjectRecipe subject(final SubjectRecipe recipe)
            throws IOException, InterruptedException, SourceException {
        final Optional<Packed> packed = Packed.of(recipe.source());
        if (packed.isEmpty()) {
            return recipe;
        }
        fetch(packed.get(), recipe.name());
        return new SubjectRecipe(
                recipe.name(),
                recipe.artifact(),
                arrivals.repository(packed.get()).toString(),
                recipe.build(),
                recipe.jvmArgs());
    }

    private AdopterRecipe adopter(final AdopterRecipe recipe)
            throws IOException, InterruptedException, SourceException {
        final Optional<Packed> packed = Packed.of(recipe.directory());
        if (packed.isEmpty()) {
            return recipe;
        }
        fetch(packed.get(), recipe.name());
        return new AdopterRecipe(
                recipe.name(),
                arrivals.files(packed.get(), recipe.contentSha256()).toString(),
                recipe.contentSha256(),
                recipe.build(),
                recipe.test(),
                recipe.jigs(),
                recipe.timeouts(),
                recipe.resources());
    }

    private Both<Side> sides(final Both<Side> sides) throws SourceException {
        return new Both<>(side(sides.a()), side(sides.b()));
    }

    /** A JDK is somewhere else here; what was asked for counts. */
    private Side side(final Side side) throws SourceException {
        if (side.jdk().isEmpty() || Files.isDirectory(Path.of(side.jdk()))) {
            return side;
        }
        final Optional<String> asked = SideSpec.parse(side.spec()).jdk();
        return asked.isEmpty() ? side : side.on(jdks.find(asked.get()).toString());
    }

    private void fetch(final Packed packed, final String whose)
            throws IOException, InterruptedException, SourceException {
        if (packed.bytes() > MOST_BYTES) {
            throw new SourceException("the sources of " + whose + " are " + packed.bytes() + " bytes; at most "
                    + MOST_BYTES + " are taken");
        }
        int tries = 0;
        while (!arrivals.has(packed)) {
            try {
                if (!portion(packed, whose)) {
                    Thread.sleep(AGAIN_MILLIS);
                }
            } catch (final SourceException e) {
                if (++tries == TRIES) {
                    throw e;
                }
                told.accept(e.getMessage() + "; it is fetched again");
            }
        }
    }

    /** Whether there was one, and room for it. */
    private boolean portion(final Packed packed, final String whose)
            throws InterruptedException, SourceException, IOException {
        final long offset = arrivals.received(packed);
        final int length = (int) Math.min(Wanted.MOST, packed.bytes() - offset);
        if (offset == 0) {
            told.accept("fetching the sources of " + whose + ", " + packed.bytes() + " bytes");
        }
        final Optional<Answer> answer =
                line.call(Intake.CONTENT, json.write(new Wanted(packed.sha256(), offset, length)));
        if (answer.isEmpty() || answer.get().code().equals(Answer.LATER)) {
            return false;
        }
        if (!answer.get().code().equals(Answer.PORTION)) {
            throw new IOException("the coordinator does not give the sources of " + whose + ": "
                    + answer.get().detail());
        }
        try {
            final byte[] bytes = Base64.getDecoder().decode(answer.get().detail());
            arrivals.take(packed, offset, bytes);
            return bytes.length > 0;
        } catch (final IllegalArgumentException e) {
            throw new SourceException("what has come of pack " + packed.sha256() + " is no content");
        } catch (final IOException e) {
            told.accept("can not keep the sources of " + whose + ": " + e.getMessage()
                    + "; free some space, it is tried again");
            return false;
        }
    }
}
