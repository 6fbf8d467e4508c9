package dev.maar.coordinator.manifest;

import dev.maar.agent.job.AdopterRecipe;
import dev.maar.agent.job.CellKey;
import dev.maar.agent.job.JigRecipe;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An app that depends on a subject.
 *
 * @param file the file it was read from
 * @param name its name
 * @param description one line for people; empty when there is none
 * @param subject the subject's name
 * @param source where its source is
 * @param build how it is built
 * @param test how it is tested
 * @param jigs its hot paths
 * @param labels its labels
 * @param owners whom to ask
 * @param timeouts its time limits
 * @param resources its other limits
 * @param flaky tests that are known not to end the same way twice
 */
public record AdopterManifest(
        Path file,
        String name,
        String description,
        String subject,
        Source source,
        AdopterRecipe.Build build,
        AdopterRecipe.Test test,
        List<Jig> jigs,
        List<String> labels,
        List<String> owners,
        AdopterRecipe.Timeouts timeouts,
        AdopterRecipe.Resources resources,
        List<FlakyTest> flaky)
        implements Manifest {

    /** The time limits of a manifest that sets none: 10 minutes to build, 10 to test, 5 of silence. */
    public static final AdopterRecipe.Timeouts DEFAULT_TIMEOUTS = new AdopterRecipe.Timeouts(600_000, 600_000, 300_000);

    /** The other limits of a manifest that sets none: 1 GiB of memory, 256 processes and threads, 4 GiB of disk. */
    public static final AdopterRecipe.Resources DEFAULT_RESOURCES = new AdopterRecipe.Resources(1L << 30, 256);

    /** Copies the lists. */
    public AdopterManifest {
        jigs = List.copyOf(jigs);
        labels = List.copyOf(labels);
        owners = List.copyOf(owners);
        flaky = List.copyOf(flaky);
    }

    /**
     * One hot path.
     *
     * @param name its name
     * @param program what runs it
     * @param cases the values of each setting, both in the order of the manifest
     * @param larger further values of some of these settings, measured when the budget is a larger one than quick, or they are asked for
     * @param more further values of some of these settings, measured only when they are asked for
     * @param sources the folder of its sources, when it lives beside the manifest and not in the adopter's own source
     */
    public record Jig(
            String name,
            JigRecipe.Program program,
            Map<String, List<String>> cases,
            Map<String, List<String>> larger,
            Map<String, List<String>> more,
            Optional<Path> sources) {
        /** Copies the cases. */
        public Jig {
            cases = copied(cases);
            larger = copied(larger);
            more = copied(more);
        }

        /**
         * Its cases: the product of the values of its settings, the last setting varying fastest, all in the order of the manifest.
         *
         * @param filter which values to take
         * @return the values by setting, once for each case; empty when there is nothing that it asks for
         */
        public List<Map<String, String>> cells(final CaseFilter filter) {
            final Map<String, List<String>> taken = new LinkedHashMap<>();
            cases.keySet().forEach(setting -> taken.put(setting, filter.of(setting, this)));
            return product(taken);
        }

        private static Map<String, List<String>> copied(final Map<String, List<String>> cases) {
            final Map<String, List<String>> copy = new LinkedHashMap<>();
            cases.forEach((setting, values) -> copy.put(setting, List.copyOf(values)));
            return Collections.unmodifiableMap(copy);
        }
    }

    /**
     * A test whose failures are not held against a side.
     *
     * @param test the test's id, {@code class#method}
     * @param until the last day on which this holds
     * @param reason why
     */
    public record FlakyTest(String test, LocalDate until, String reason) {}

    /**
     * What a job needs of it.
     *
     * @param directory where the snapshot of its source is on this machine
     * @param contentSha256 a hash over that snapshot
     * @return the recipe
     */
    public AdopterRecipe recipe(final String directory, final String contentSha256) {
        return new AdopterRecipe(name, directory, contentSha256, build, test, jigRecipes(), timeouts, resources);
    }

    /**
     * The jigs as a job needs them.
     *
     * @return one recipe a jig, in the order of the manifest
     */
    public List<JigRecipe> jigRecipes() {
        return jigs.stream()
                .map(jig -> new JigRecipe(jig.name(), jig.program()))
                .toList();
    }

    /**
     * Every case of every jig: the product of the values of its settings, the last setting varying fastest, all in the order of
     * the manifest.
     *
     * @param filter which values to take; those that a jig has besides its usual ones are taken when it has time for them or asks for them
     * @return the keys; empty when there is nothing that it asks for
     */
    public List<CellKey> cells(final CaseFilter filter) {
        final List<CellKey> cells = new ArrayList<>();
        for (final Jig jig : jigs) {
            for (final Map<String, String> setting : jig.cells(filter)) {
                cells.add(new CellKey(name, jig.name(), setting));
            }
        }
        return List.copyOf(cells);
    }

    private static List<Map<String, String>> product(final Map<String, List<String>> cases) {
        List<Map<String, String>> settings = List.of(Map.of());
        for (final Map.Entry<String, List<String>> values : cases.entrySet()) {
            final List<Map<String, String>> longer = new ArrayList<>();
            for (final Map<String, String> setting : settings) {
                for (final String value : values.getValue()) {
                    final Map<String, String> with = new LinkedHashMap<>(setting);
                    with.put(values.getKey(), value);
                    longer.add(with);
                }
            }
            settings = longer;
        }
        return settings;
    }
}
