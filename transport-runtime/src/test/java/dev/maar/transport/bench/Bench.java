package dev.maar.transport.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Runs everyone in turn, round after round, and compares this runtime with its rivals. Each candidate runs in a new
 * process (or two) every round, because a process has modes that it does not leave; the order turns round with every
 * round.
 */
final class Bench {

    private static final String USAGE =
            "usage: bench [--short] [--resume] [--profile] [--rounds N] [--only CANDIDATE,...] [--patterns round-trip,one-way]"
                    + " [--processes 1,2] [--sizes BYTES,...] [--json FILE]";

    private static final Path LOG = Path.of("target", "bench.log");

    private boolean profiles;
    private boolean resumes;
    private Form form = Form.FULL;
    private Set<Candidate> candidates = EnumSet.allOf(Candidate.class);
    private Set<Pattern> patterns = EnumSet.allOf(Pattern.class);
    private List<Integer> processes = List.of(1, 2);
    private Path json = Path.of("target", "bench.json");
    private final Results results = new Results();

    private Bench() {}

    public static void main(final String[] arguments) throws IOException {
        final Bench bench = new Bench();
        try {
            bench.read(new ArrayList<>(List.of(arguments)));
        } catch (final IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage() + "\n" + USAGE);
            System.exit(2);
        }
        if (bench.profiles) {
            bench.profile();
        } else {
            bench.run();
        }
    }

    private void read(final List<String> arguments) {
        if (arguments.remove("--short")) {
            form = Form.SHORT;
        }
        profiles = arguments.remove("--profile");
        resumes = arguments.remove("--resume");
        for (int i = 0; i < arguments.size(); i += 2) {
            if (i + 1 == arguments.size()) {
                throw new IllegalArgumentException(arguments.get(i) + " is no option, or lacks its value");
            }
            read(arguments.get(i), arguments.get(i + 1));
        }
    }

    private void read(final String option, final String value) {
        final List<String> values = List.of(value.split(","));
        switch (option) {
            case "--rounds" -> form = form.rounds(Integer.parseInt(value));
            case "--sizes" ->
                form = form.sizes(values.stream().map(Integer::valueOf).toList());
            case "--only" ->
                candidates = EnumSet.copyOf(values.stream().map(Candidate::of).toList());
            case "--patterns" ->
                patterns = EnumSet.copyOf(Arrays.stream(Pattern.values())
                        .filter(pattern -> values.contains(pattern.label().replace(' ', '-')))
                        .toList());
            case "--processes" ->
                processes = values.stream().map(Integer::valueOf).toList();
            case "--json" -> json = Path.of(value);
            default -> throw new IllegalArgumentException(option + " is no option");
        }
    }

    private void run() throws IOException {
        final Map<String, String> circumstances = circumstances();
        final Log log = resumes ? Log.resume(LOG, results) : Log.begin(LOG);
        final List<Candidate> order = new ArrayList<>(candidates);
        for (int round = 0; round < form.rounds(); round++) {
            for (final Pattern pattern : patterns) {
                for (final int count : processes) {
                    for (final Candidate candidate : order) {
                        if (candidate.can(pattern, count) && !isDone(log, candidate, pattern, count, round)) {
                            attempt(log, candidate, pattern, count, round);
                        }
                    }
                }
            }
            Collections.reverse(order);
        }
        System.out.print(Report.table(results));
        if (json.getParent() != null) {
            Files.createDirectories(json.getParent());
        }
        Files.writeString(json, Report.json(results, form, circumstances));
        System.out.println("written to " + json);
    }

    /** One after the other, and nothing is compared: being looked at costs time. */
    private void profile() throws IOException {
        for (final Pattern pattern : patterns) {
            for (final int count : processes) {
                for (final Candidate candidate : candidates) {
                    if (candidate.can(pattern, count)) {
                        Trial.profile(candidate, pattern, count, form)
                                .forEach((size, profile) -> System.out.println(candidate.label() + ", "
                                        + pattern.label() + ", " + size + " bytes, processes: " + count + "\n" + profile
                                        + "\n"));
                    }
                }
            }
        }
    }

    private boolean isDone(
            final Log log, final Candidate candidate, final Pattern pattern, final int count, final int round) {
        return form.sizes().stream().allMatch(size -> log.has(candidate, new Cell(pattern, count, size), round));
    }

    /** A candidate that fails is named at the end; the others go on. */
    private void attempt(
            final Log log, final Candidate candidate, final Pattern pattern, final int count, final int round) {
        try {
            final Set<Log.Measured> measured = new HashSet<>();
            Trial.run(candidate, pattern, count, form)
                    .forEach((size, nanos) -> measured.add(new Log.Measured(new Cell(pattern, count, size), nanos)));
            measured.forEach(each -> results.add(candidate, each.cell(), round, each.nanos()));
            log.add(candidate, round, measured);
            System.err.println("round " + (round + 1) + " of " + form.rounds() + ": " + candidate.label() + ", "
                    + pattern.label() + ", processes: " + count);
        } catch (final IOException failure) {
            results.failed(candidate.label() + ", " + pattern.label() + ", processes: " + count + ", round "
                    + (round + 1) + ": " + failure.getMessage());
        }
    }

    private static Map<String, String> circumstances() {
        final Map<String, String> circumstances = new TreeMap<>();
        circumstances.put("startedAt", Instant.now().toString());
        circumstances.put("jdk", Runtime.version().toString());
        circumstances.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        circumstances.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
        circumstances.put(
                "loadAverage",
                Double.toString(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
        circumstances.put("cpu", cpuModel());
        return circumstances;
    }

    private static String cpuModel() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .limit(1)
                    .collect(Collectors.joining());
        } catch (final IOException unknown) {
            return "unknown";
        }
    }
}
