package dev.maar.coordinator.plan;

import dev.maar.agent.job.AgentFacts;
import dev.maar.agent.job.Both;
import dev.maar.agent.job.BuildOutcome;
import dev.maar.agent.job.CellKey;
import dev.maar.agent.job.JobJson;
import dev.maar.agent.job.JobResult;
import dev.maar.agent.job.PairObservation;
import dev.maar.agent.job.PairPlan;
import dev.maar.agent.job.TestOutcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * An experiment's folder: plan, schedule, raw data, logs. Results are appended and forced to disk before they count, and the folder
 * is all that {@code maar verdict} needs. For one thread.
 */
public final class RunFolder {

    private static final String PLAN = "plan.json";
    private static final String SCHEDULE = "schedule.json";
    private static final String RAW = "raw";
    private static final String STAGES = "stages.ndjson";
    private static final String AGENTS = "agents.ndjson";

    private final Path folder;
    private final JobJson json = new JobJson();

    /**
     * A folder, new or of an earlier run.
     *
     * @param folder the experiment's folder
     */
    public RunFolder(final Path folder) {
        this.folder = folder;
    }

    /**
     * Where it is.
     *
     * @return the folder
     */
    public Path path() {
        return folder;
    }

    /**
     * Where logs of builds, tests and forks go.
     *
     * @return the folder for logs
     */
    public Path logs() {
        return folder.resolve("logs");
    }

    /**
     * Writes the plan, and beside it the schedule alone: the same seed and content give the same schedule, byte for byte.
     *
     * @param plan the plan
     * @throws IOException when it can not be written
     */
    public void begin(final Plan plan) throws IOException {
        Files.createDirectories(folder.resolve(RAW));
        Files.createDirectories(logs());
        replace(PLAN, json.write(plan) + "\n");
        final StringBuilder schedule = new StringBuilder();
        for (final Plan.PlannedAdopter adopter : plan.adopters()) {
            for (final Plan.PlannedCell cell : adopter.cells()) {
                schedule.append(json.write(
                                new ScheduledCell(cell.key().id(), cell.measurement(), cell.screen(), cell.confirm())))
                        .append('\n');
            }
        }
        replace(SCHEDULE, schedule.toString());
    }

    private record ScheduledCell(String cell, String measurement, List<PairPlan> screen, List<PairPlan> confirm) {}

    /**
     * Puts the pairs of a session aside, into a folder of their own: they are kept, and not judged.
     *
     * @param session the session's number
     * @throws IOException when they can not be moved
     */
    public void setAside(final int session) throws IOException {
        final Path raw = folder.resolve(RAW);
        final Path aside = Files.createDirectories(raw.resolve("void-session-" + session));
        for (final Path file : pairsFiles(raw)) {
            Files.move(file, aside.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /**
     * Notes the agents of the experiment.
     *
     * @param agents their facts
     * @throws IOException when they can not be written
     */
    public void agents(final List<AgentFacts> agents) throws IOException {
        final StringBuilder lines = new StringBuilder();
        agents.forEach(agent -> lines.append(json.write(agent)).append('\n'));
        replace(RAW + "/" + AGENTS, lines.toString());
    }

    /**
     * Keeps a result; it is on disk when this returns.
     *
     * @param result the result of a job
     * @throws IOException when it can not be written
     */
    public void keep(final JobResult result) throws IOException {
        if (result instanceof final JobResult.Paired paired) {
            for (final PairObservation observation : paired.observations()) {
                append(pairsFile(observation.cell(), observation.measurement()), json.write(observation));
            }
        } else {
            append(STAGES, json.write(result));
        }
    }

    /**
     * Copies the logs of an adopter's builds and tests into the folder, so that it can be mailed and is not changed by later runs.
     *
     * @param adopter the adopter's name
     * @param staged its result, with logs wherever the agent has them
     * @return the same result with the logs in this folder; a log that is gone is left out
     * @throws IOException when they can not be copied
     */
    public JobResult.Staged withLogs(final String adopter, final JobResult.Staged staged) throws IOException {
        return new JobResult.Staged(
                staged.job(),
                staged.agent(),
                staged.subjects(),
                new Both<>(
                        withLog(adopter + ".build.a.log", staged.builds().a()),
                        withLog(adopter + ".build.b.log", staged.builds().b())),
                new Both<>(
                        withLog(adopter + ".test.a.log", staged.tests().a()),
                        withLog(adopter + ".test.b.log", staged.tests().b())));
    }

    private BuildOutcome withLog(final String name, final BuildOutcome build) throws IOException {
        return new BuildOutcome(
                build.status(), build.reason(), copied(build.log(), name), build.cached(), build.millis());
    }

    private TestOutcome withLog(final String name, final TestOutcome test) throws IOException {
        return new TestOutcome(
                test.status(), test.reason(), test.tests(), copied(test.log(), name), test.cached(), test.millis());
    }

    private String copied(final String log, final String name) throws IOException {
        if (log.isEmpty() || !Files.exists(Path.of(log))) {
            return "";
        }
        final Path copy = logs().resolve(name);
        Files.copy(Path.of(log), copy, StandardCopyOption.REPLACE_EXISTING);
        return copy.toString();
    }

    /**
     * The file that keeps a cell's pairs, relative to the folder.
     *
     * @param cell the cell
     * @param measurement which measurement of it
     * @return for example {@code raw/relay-chain.chain.transport=shm.3fa09c11.ndjson}
     */
    public static String rawFile(final CellKey cell, final String measurement) {
        return RAW + "/" + pairsFile(cell, measurement);
    }

    private static String pairsFile(final CellKey cell, final String measurement) {
        final String name = cell.adopter() + "." + cell.jig() + "." + cell.caseId() + "." + measurement;
        return name.replaceAll("[^A-Za-z0-9=,._-]", "_") + ".ndjson";
    }

    /**
     * The plan of the run that is in the folder.
     *
     * @return the plan
     * @throws IOException when there is none or it can not be read
     */
    public Plan plan() throws IOException {
        return json.read(Files.readString(folder.resolve(PLAN)), Plan.class);
    }

    /**
     * The agents of the run that is in the folder.
     *
     * @return their facts
     * @throws IOException when they can not be read
     */
    public List<AgentFacts> agents() throws IOException {
        return lines(folder.resolve(RAW).resolve(AGENTS), AgentFacts.class);
    }

    /**
     * What the run in the folder kept.
     *
     * @return builds, tests and pairs
     * @throws IOException when it can not be read
     */
    public Kept kept() throws IOException {
        final Path raw = folder.resolve(RAW);
        final List<PairObservation> pairs = new ArrayList<>();
        for (final Path file : pairsFiles(raw)) {
            pairs.addAll(lines(file, PairObservation.class));
        }
        return new Kept(lines(raw.resolve(STAGES), JobResult.class), pairs);
    }

    private static List<Path> pairsFiles(final Path raw) throws IOException {
        try (Stream<Path> files = Files.list(raw)) {
            return files.filter(file -> {
                        final String name = String.valueOf(file.getFileName());
                        return name.endsWith(".ndjson") && !name.equals(STAGES) && !name.equals(AGENTS);
                    })
                    .sorted()
                    .toList();
        }
    }

    /**
     * What a run observed.
     *
     * @param stages results of jobs that built and tested, or that could not be done
     * @param pairs all live pairs, by cell in the order they were run
     */
    public record Kept(List<JobResult> stages, List<PairObservation> pairs) {}

    private <T> List<T> lines(final Path file, final Class<T> type) throws IOException {
        final List<T> values = new ArrayList<>();
        if (!Files.exists(file)) {
            return values;
        }
        int number = 0;
        for (final String line : Files.readAllLines(file)) {
            number++;
            try {
                values.add(json.read(line, type));
            } catch (final IllegalArgumentException e) {
                throw new IOException(file + ":" + number + ": " + e.getMessage(), e);
            }
        }
        return values;
    }

    private void append(final String name, final String line) throws IOException {
        try (FileChannel file = FileChannel.open(
                folder.resolve(RAW).resolve(name), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            final ByteBuffer bytes = StandardCharsets.UTF_8.encode(line + "\n");
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            file.force(true);
        }
    }

    private void replace(final String name, final String text) throws IOException {
        final Path target = folder.resolve(name);
        final Path fresh = target.resolveSibling(target.getFileName() + ".new");
        Files.writeString(fresh, text);
        Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
