package dev.maar.coordinator.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.maar.agent.job.BuildOutcome;
import dev.maar.agent.job.JobResult;
import dev.maar.agent.job.TestOutcome;
import dev.maar.coordinator.plan.Plan;
import dev.maar.coordinator.plan.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What adopters cost when they were last built, tested and measured, to tell how long an experiment will take. Immutable.
 *
 * @param adopters each adopter's cost by its name
 */
public record Costs(SortedMap<String, Cost> adopters) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Copies the map. */
    public Costs {
        adopters = Collections.unmodifiableSortedMap(new TreeMap<>(adopters));
    }

    /**
     * One adopter's.
     *
     * @param stagesMillis building and testing both sides, when nothing was built before
     * @param pairMillis one live pair
     */
    public record Cost(long stagesMillis, long pairMillis) {}

    /**
     * What is remembered.
     *
     * @param file the file; one that is not there, or of another version of Maar, remembers nothing
     * @return the costs
     * @throws IOException when it can not be read
     */
    public static Costs read(final Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return new Costs(new TreeMap<>());
        }
        try {
            return new Costs(JSON.readValue(Files.readAllBytes(file), new TypeReference<TreeMap<String, Cost>>() {}));
        } catch (final JsonProcessingException e) {
            return new Costs(new TreeMap<>());
        }
    }

    /**
     * Remembers.
     *
     * @param file where; replaced as a whole
     * @throws IOException when it can not be written
     */
    public void write(final Path file) throws IOException {
        final Path fresh = Files.createTempFile(file.toAbsolutePath().getParent(), "costs", ".json");
        Files.write(fresh, JSON.writeValueAsBytes(adopters));
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * The costs with what an experiment was seen to cost. What was reused cost nothing and teaches nothing.
     *
     * @param plan the experiment
     * @param kept what it kept
     * @return the costs
     */
    public Costs learned(final Plan plan, final RunFolder.Kept kept) {
        final SortedMap<String, Cost> known = new TreeMap<>(adopters);
        final Map<String, Long> stagesOf =
                kept.stages().stream().collect(Collectors.toMap(JobResult::job, Costs::millis, Math::max));
        final Map<String, Double> pairOf = kept.pairs().stream()
                .collect(Collectors.groupingBy(
                        observation -> observation.cell().adopter(),
                        Collectors.averagingLong(
                                observation -> observation.surroundings().millis())));
        for (final Plan.PlannedAdopter adopter : plan.adopters()) {
            final String name = adopter.recipe().name();
            final Cost before = known.getOrDefault(name, new Cost(0, 0));
            final long stages = stagesOf.getOrDefault(plan.stagesJob(name), 0L);
            final long pair = pairOf.getOrDefault(name, 0.0).longValue();
            known.put(
                    name, new Cost(stages > 0 ? stages : before.stagesMillis(), pair > 0 ? pair : before.pairMillis()));
        }
        return new Costs(known);
    }

    /** What building and testing took; 0 unless both sides were built and tested for this. */
    private static long millis(final JobResult result) {
        if (!(result instanceof final JobResult.Staged staged)) {
            return 0;
        }
        final BuildOutcome a = staged.builds().a();
        final BuildOutcome b = staged.builds().b();
        final TestOutcome testA = staged.tests().a();
        final TestOutcome testB = staged.tests().b();
        return a.cached() || b.cached() || testA.cached() || testB.cached()
                ? 0
                : a.millis() + b.millis() + testA.millis() + testB.millis();
    }

    /**
     * What an adopter's stages take.
     *
     * @param adopter its name
     * @return milliseconds to build and test both sides when nothing was built before; nothing when it was never seen
     */
    public OptionalLong stagesMillis(final String adopter) {
        final Cost cost = adopters.get(adopter);
        return cost == null || cost.stagesMillis() == 0 ? OptionalLong.empty() : OptionalLong.of(cost.stagesMillis());
    }

    /**
     * Orders adopters for agents that take one after the other: those that take longest first, and before them those that were never
     * seen, which may take longer still. Those that cost the same keep their order.
     *
     * @param planned the adopters
     * @return the same in the order in which to begin
     */
    public List<Plan.PlannedAdopter> longestFirst(final List<Plan.PlannedAdopter> planned) {
        return planned.stream()
                .sorted(Comparator.comparingLong((Plan.PlannedAdopter adopter) ->
                                stagesMillis(adopter.recipe().name()).orElse(Long.MAX_VALUE))
                        .reversed())
                .toList();
    }

    /**
     * How long an experiment will take at most, if nothing needs more than its first look.
     *
     * @param plan the experiment
     * @param pairs how many pairs each cell is given first
     * @return the time; nothing when an adopter's cost is not known
     */
    public Optional<Duration> estimate(final Plan plan, final int pairs) {
        long millis = 0;
        for (final Plan.PlannedAdopter adopter : plan.adopters()) {
            final Cost cost = adopters.get(adopter.recipe().name());
            if (cost == null || (!adopter.cells().isEmpty() && cost.pairMillis() == 0)) {
                return Optional.empty();
            }
            millis += cost.stagesMillis()
                    + cost.pairMillis() * pairs * adopter.cells().size();
        }
        return Optional.of(Duration.ofMillis(millis));
    }
}
