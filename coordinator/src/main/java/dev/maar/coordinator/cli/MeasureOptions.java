package dev.maar.coordinator.cli;

import dev.maar.agent.job.Stage;
import dev.maar.agent.measure.Budget;
import dev.maar.agent.sandbox.SandboxChoice;
import dev.maar.coordinator.manifest.CaseFilter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of the commands that measure. */
final class MeasureOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Mixin
    private BuildOptions building;

    @Option(
            names = "--subject",
            paramLabel = "NAME",
            description = "The subject to judge (default: ${DEFAULT-VALUE}).",
            defaultValue = "transport-runtime")
    private String subject;

    @Option(
            names = "--manifests",
            paramLabel = "DIR",
            description = "Where manifests are; repeatable (default: adopter-manifests).")
    private List<Path> manifests = new ArrayList<>();

    @Option(
            names = "--transports",
            paramLabel = "LIST",
            split = ",",
            description = "Only cases with these transports: local,shm,udp,tcp.")
    private List<String> transports = new ArrayList<>();

    @Option(
            names = "--sizes",
            paramLabel = "LIST",
            split = ",",
            description = "Only cases with these payloadBytes, such as 64,4096.")
    private List<String> sizes = new ArrayList<>();

    @Option(
            names = "--apis",
            paramLabel = "LIST",
            split = ",",
            description = "Only cases with these styles of the API: async,sync.")
    private List<String> apis = new ArrayList<>();

    @Option(
            names = "--budget",
            paramLabel = "quick|standard|thorough",
            description = "How much time a cell may take (default: ${DEFAULT-VALUE}).",
            defaultValue = "quick")
    private String budget;

    @Option(names = "--seed", paramLabel = "N", description = "The seed of everything random (default: drawn).")
    private Optional<Long> seed;

    @Option(names = "--out", paramLabel = "DIR", description = "Where the run's folder goes (default: .maar/runs/ID).")
    private Optional<Path> out;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Write the result as JSON; - is standard output, and nothing else goes there then.")
    private Optional<String> json;

    @Option(names = "--no-color", description = "No colour.")
    private boolean noColor;

    @Option(names = "--quiet", description = "No progress; only the verdict.")
    private boolean quiet;

    @Option(
            names = "--trust",
            description =
                    "Without a sandbox, run also what comes from outside the checkout: manifests, and sources from git URLs.")
    private boolean trust;

    String subject() {
        return subject;
    }

    /** Sets the subject, for a command that knows it better than its user. */
    void judge(final String name) {
        subject = name;
    }

    BuildOptions building() {
        return building;
    }

    boolean trust() {
        return trust;
    }

    List<Path> manifests(final Path root) {
        return manifests.isEmpty() ? List.of(ManifestFolder.byDefault(root)) : List.copyOf(manifests);
    }

    /** The options that name manifests, as a command that reproduces a run must repeat them. */
    List<String> repeated() {
        final List<String> words = new ArrayList<>();
        if (!subject.equals("transport-runtime")) {
            words.addAll(List.of("--subject", subject));
        }
        manifests.forEach(folder -> words.addAll(List.of("--manifests", folder.toString())));
        if (!transports.isEmpty()) {
            words.addAll(List.of("--transports", String.join(",", transports)));
        }
        if (!sizes.isEmpty()) {
            words.addAll(List.of("--sizes", String.join(",", sizes)));
        }
        if (!apis.isEmpty()) {
            words.addAll(List.of("--apis", String.join(",", apis)));
        }
        if (building.sandbox() != SandboxChoice.Wish.NONE) {
            words.addAll(List.of("--sandbox", building.sandbox().label()));
        }
        if (trust) {
            words.add("--trust");
        }
        return words;
    }

    /** The hot-path suite measures every transport with a small and a larger message, unless told otherwise. */
    void askForTheSuite() {
        transports = transports.isEmpty() ? List.of("local", "shm", "udp", "tcp") : transports;
        sizes = sizes.isEmpty() ? List.of("64", "4096") : sizes;
        apis = apis.isEmpty() ? List.of("async") : apis;
    }

    CaseFilter cases() {
        for (final String transport : transports) {
            if (!List.of("local", "shm", "udp", "tcp").contains(transport)) {
                throw wrong("--transports: no transport '" + transport + "'; there are local, shm, udp and tcp");
            }
        }
        for (final String size : sizes) {
            if (!size.matches("[0-9]{1,9}")) {
                throw wrong("--sizes: '" + size + "' is not a number of bytes");
            }
        }
        for (final String api : apis) {
            if (!List.of("async", "sync").contains(api)) {
                throw wrong("--apis: no style '" + api + "'; there are async and sync");
            }
        }
        return CaseFilter.ALL
                .and("transport", Set.copyOf(transports))
                .and("payloadBytes", Set.copyOf(sizes))
                .and("api", Set.copyOf(apis));
    }

    Budget budget() {
        try {
            return Budget.of(budget);
        } catch (final IllegalArgumentException e) {
            throw wrong("--budget: " + e.getMessage());
        }
    }

    /** The given seed, or a drawn one that is short enough to be typed again. */
    long seed() {
        return seed.orElseGet(() -> ThreadLocalRandom.current().nextLong(1, 1_000_000_000L));
    }

    Path out(final Path state, final String id) {
        return out.orElseGet(() -> state.resolve("runs").resolve(id));
    }

    Optional<String> json() {
        return json;
    }

    Console console() {
        return console(false);
    }

    /** The console; standard output is left alone when something else goes there. */
    Console console(final boolean taken) {
        final boolean jsonOnly = json.map("-"::equals).orElse(false);
        return Console.of(jsonOnly || taken, noColor, quiet);
    }

    static List<Stage> stages(final CommandSpec spec, final List<String> names) {
        final List<Stage> stages = new ArrayList<>();
        for (final String name : names) {
            stages.add(Arrays.stream(Stage.values())
                    .filter(stage -> stage.label().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new ParameterException(
                            spec.commandLine(),
                            "--stages: no stage '" + name + "'; there are build, test and measure")));
        }
        // An adopter that is not built can be neither tested nor measured.
        if (!stages.contains(Stage.BUILD)) {
            stages.add(Stage.BUILD);
        }
        stages.sort(null);
        return stages.stream().distinct().toList();
    }

    private ParameterException wrong(final String message) {
        final CommandLine line = spec.commandLine();
        return new ParameterException(line, message);
    }
}
