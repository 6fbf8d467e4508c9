package dev.maar.coordinator.history;

import dev.maar.agent.job.Verdict;
import dev.maar.coordinator.manifest.SelectionException;
import dev.maar.coordinator.manifest.SelectionHistory;
import dev.maar.coordinator.report.AdopterReport;
import dev.maar.coordinator.report.Report;
import dev.maar.coordinator.report.ReportJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Earlier experiments as their folders of this machine tell of them. Reads anew each time; thread-safe. */
public final class StoredRuns implements SelectionHistory {

    private static final String REPORT = "report.json";
    private static final Set<Verdict> WORSE = Set.of(Verdict.REGRESSED, Verdict.MISMATCH, Verdict.BROKEN);
    private static final Set<Verdict> NOT_IN_ORDER = Set.of(
            Verdict.REGRESSED, Verdict.MISMATCH, Verdict.BROKEN, Verdict.ERROR, Verdict.SUSPECT, Verdict.INCONCLUSIVE);

    private final Path runs;

    /**
     * The experiments of a folder.
     *
     * @param runs has a folder for each experiment, by its id
     */
    public StoredRuns(final Path runs) {
        this.runs = runs;
    }

    @Override
    public List<String> top(final int count) throws SelectionException {
        final Map<String, Integer> found = new TreeMap<>();
        final List<Report> reports = reports();
        for (final Report report : reports) {
            for (final AdopterReport adopter : report.adopters()) {
                found.merge(adopter.name(), WORSE.contains(adopter.verdict()) ? 1 : 0, Integer::sum);
            }
        }
        if (reports.isEmpty()) {
            throw new SelectionException(
                    "'top:" + count + "' needs earlier experiments and there are none in " + runs + "; run 'all' once");
        }
        return found.entrySet().stream()
                .sorted(Comparator.<Map.Entry<String, Integer>>comparingInt(Map.Entry::getValue)
                        .reversed()
                        .thenComparing(Map.Entry::getKey))
                .limit(count)
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public List<String> failed(final String experiment) throws SelectionException {
        final boolean plain = experiment.matches("[A-Za-z0-9_-]+");
        final Optional<Report> report = plain ? read(runs.resolve(experiment).resolve(REPORT)) : Optional.empty();
        return report
                .orElseThrow(() -> new SelectionException("there is no experiment '" + experiment + "' in " + runs
                        + "; its id is the name of its folder"))
                .adopters()
                .stream()
                .filter(adopter -> NOT_IN_ORDER.contains(adopter.verdict()))
                .map(AdopterReport::name)
                .toList();
    }

    private List<Report> reports() throws SelectionException {
        if (!Files.isDirectory(runs)) {
            return List.of();
        }
        final List<Report> reports = new ArrayList<>();
        try (Stream<Path> folders = Files.list(runs)) {
            for (final Path folder : folders.sorted().toList()) {
                read(folder.resolve(REPORT)).ifPresent(reports::add);
            }
        } catch (final IOException e) {
            throw new SelectionException(runs + " can't be read: " + e.getMessage());
        }
        return reports;
    }

    /** A report; nothing for an experiment that wrote none, or one of another version of Maar. */
    private static Optional<Report> read(final Path file) {
        try {
            return Files.isRegularFile(file)
                    ? Optional.of(new ReportJson().read(Files.readString(file)))
                    : Optional.empty();
        } catch (final IOException e) {
            return Optional.empty();
        }
    }
}
