package dev.maar.agent.measure;

import dev.maar.agent.fork.ForkSpec;
import dev.maar.agent.job.AdopterRecipe;
import dev.maar.agent.job.Both;
import dev.maar.agent.job.CellKey;
import dev.maar.agent.job.JigRecipe;
import dev.maar.agent.job.PairPlan;
import dev.maar.agent.job.PairSettings;
import dev.maar.agent.job.Phase;
import dev.maar.agent.job.Side;
import dev.maar.agent.job.SideName;
import dev.maar.agent.job.SubjectRecipe;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Specs of forks for tests: both sides alike, but that side b has {@code TEST_MISBEHAVE=yes} in its environment. */
public final class TestForks {

    /** A pair in well under a second of measuring. */
    public static final PairSettings TINY = new PairSettings(4, 4_000_000L, 20_000_000L, 100_000_000L, 0.2);

    /** A pair whose forks are compiled before they are measured, also on a busy machine. */
    public static final PairSettings WARM = new PairSettings(8, 5_000_000L, 400_000_000L, 2_000_000_000L, 0.05);

    private static final long MEMORY = 64L << 20;

    private TestForks() {}

    public static Both<ForkSpec> of(final Class<?> jig, final Path folder) {
        return of(new JigRecipe.JvmJig(jig.getName()), Map.of("transport", "local"), folder);
    }

    public static Both<ForkSpec> of(
            final JigRecipe.Program program, final Map<String, String> setting, final Path folder) {
        return new Both<>(
                spec(SideName.A, program, setting, folder, Map.of("TEST_MISBEHAVE", "nay")),
                spec(SideName.B, program, setting, folder, Map.of("TEST_MISBEHAVE", "yes")));
    }

    public static ForkSpec spec(
            final SideName name,
            final JigRecipe.Program program,
            final Map<String, String> setting,
            final Path folder,
            final Map<String, String> environment) {
        try {
            final Path work = Files.createDirectories(folder.resolve("work-" + name.label()));
            return new ForkSpec(
                    name,
                    program,
                    List.of(testClasses()),
                    side(name, "", "", environment),
                    new SubjectRecipe("subject", "", "", new SubjectRecipe.None(), List.of()),
                    new AdopterRecipe.Resources(MEMORY, 64),
                    setting,
                    42,
                    "",
                    "",
                    work,
                    folder.resolve("fork-" + name.label() + ".log"));
        } catch (final IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same spec on another JDK. */
    public static ForkSpec withJdk(final ForkSpec spec, final String jdk) {
        return with(spec, side(spec.name(), "", jdk, spec.side().env()), spec.classPath(), "", "");
    }

    /** The same spec of another tree. */
    public static ForkSpec withTree(final ForkSpec spec, final String tree) {
        return with(spec, side(spec.name(), tree, "", spec.side().env()), spec.classPath(), "", "");
    }

    /** The same spec with an artifact to attest. */
    public static ForkSpec withSubject(
            final ForkSpec spec, final List<Path> classPath, final String sha256, final String entry) {
        return with(spec, spec.side(), classPath, sha256, entry);
    }

    private static ForkSpec with(
            final ForkSpec spec, final Side side, final List<Path> classPath, final String sha256, final String entry) {
        return new ForkSpec(
                        spec.name(),
                        spec.program(),
                        classPath,
                        side,
                        spec.subject(),
                        spec.resources(),
                        spec.setting(),
                        spec.seed(),
                        sha256,
                        entry,
                        spec.workDirectory(),
                        spec.log())
                .withEnvironment(spec.environment());
    }

    private static Side side(
            final SideName name, final String tree, final String jdk, final Map<String, String> environment) {
        return new Side(name, name.label(), "", tree, false, jdk, List.of(), environment, List.of());
    }

    public static Path testClasses() {
        try {
            return Path.of(TestForks.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (final URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A plan whose first side is the given one. */
    public static PairPlan plan(final SideName first, final PairSettings settings) {
        final CellKey cell = new CellKey("adopter", "jig", Map.of());
        final PairPlan drawn = Schedule.draw(7, cell, "a", "b", Phase.SCREEN, 1, 1, settings.rounds())
                .get(0);
        return new PairPlan(drawn.phase(), drawn.index(), first, drawn.roundFirst());
    }
}
