package dev.maar.coordinator.manifest;

import dev.maar.agent.job.AdopterRecipe;
import dev.maar.agent.job.JigRecipe;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Reads an adopter's manifest. */
final class AdopterReader {

    private static final AdopterRecipe.Build NO_BUILD = new AdopterRecipe.NoBuild();
    private static final AdopterRecipe.Test NO_TEST = new AdopterRecipe.NoTest();

    private AdopterReader() {}

    /**
     * Reads it; mistakes go to the fields' problems.
     *
     * @param file the file
     * @param fields its keys
     * @return the manifest; not to be used when there were problems
     */
    static AdopterManifest read(final Path file, final Fields fields) {
        final String name = fields.text("name", TextRule.NAME);
        final String description = fields.optionalText("description", TextRule.LINE);
        final String subject = fields.text("subject", TextRule.NAME);
        final Source source = new SourceReader(file).adopter(fields);
        final AdopterRecipe.Build build = fields.mapping(
                        "build", "{maven: {versionProperty: library.version}}", AdopterReader::build)
                .orElse(NO_BUILD);
        final AdopterRecipe.Test test =
                fields.mapping("test", "{maven: {}}", AdopterReader::test).orElse(NO_TEST);
        if (test instanceof AdopterRecipe.MavenTest && !(build instanceof AdopterRecipe.MavenBuild)) {
            fields.problems()
                    .add(
                            fields.line("test"),
                            "'test' is maven and 'build' is not; write {command: [...]} or {none: true}");
        }
        final List<AdopterManifest.Jig> jigs =
                fields.mappings("jigs", "- {name: fan-in, class: com.example.FanInJig}", new JigReader(file)::read);
        reportDuplicates(fields, jigs);
        if (build instanceof AdopterRecipe.NoBuild && jigs.stream().anyMatch(AdopterReader::isClass)) {
            fields.problems()
                    .add(
                            fields.line("jigs"),
                            "a jig is a class and nothing is built; write a 'build', or a 'command' jig");
        }
        return new AdopterManifest(
                file,
                name,
                description,
                subject,
                source,
                build,
                test,
                jigs,
                fields.distinctTexts("labels", TextRule.NAME),
                fields.distinctTexts("owners", TextRule.LINE),
                fields.optionalMapping("timeouts", "{build: 10m}", AdopterReader::timeouts)
                        .orElse(AdopterManifest.DEFAULT_TIMEOUTS),
                fields.optionalMapping("resources", "{memory: 2g}", AdopterReader::resources)
                        .orElse(AdopterManifest.DEFAULT_RESOURCES),
                fields.mappings(
                        "flaky", "- {test: Class#method, until: 2027-06-30, reason: why}", AdopterReader::flaky));
    }

    private static boolean isClass(final AdopterManifest.Jig jig) {
        return jig.program() instanceof JigRecipe.JvmJig;
    }

    private static void reportDuplicates(final Fields fields, final List<AdopterManifest.Jig> jigs) {
        final Set<String> names = new HashSet<>();
        for (final AdopterManifest.Jig jig : jigs) {
            if (!jig.name().isEmpty() && !names.add(jig.name())) {
                fields.problems().add(fields.line("jigs"), "two jigs are named '" + jig.name() + "'; rename one");
            }
        }
    }

    private static AdopterRecipe.Build build(final Fields fields) {
        final Optional<String> choice = fields.oneOf(List.of("maven", "javac", "command", "none"), "'build'");
        return switch (choice.orElse("")) {
            case "maven" ->
                fields.mapping("maven", "{versionProperty: library.version}", AdopterReader::mavenBuild)
                        .orElse(NO_BUILD);
            case "javac" ->
                fields.mapping("javac", "{classpath: [group:artifact]}", AdopterReader::javac)
                        .orElse(NO_BUILD);
            case "command" -> new AdopterRecipe.CommandBuild(fields.texts("command", TextRule.ARGUMENT));
            case "none" -> {
                fields.none("none");
                yield NO_BUILD;
            }
            default -> NO_BUILD;
        };
    }

    private static AdopterRecipe.Build mavenBuild(final Fields fields) {
        return new AdopterRecipe.MavenBuild(
                fields.optionalText("versionProperty", TextRule.PROPERTY),
                fields.optionalTexts("arguments", TextRule.ARGUMENT));
    }

    private static AdopterRecipe.Build javac(final Fields fields) {
        final List<String> classpath = fields.texts("classpath", TextRule.COORDINATES);
        fields.reportRepeats("classpath", classpath);
        return new AdopterRecipe.JavacBuild(classpath);
    }

    private static AdopterRecipe.Test test(final Fields fields) {
        final Optional<String> choice = fields.oneOf(List.of("maven", "command", "none"), "'test'");
        return switch (choice.orElse("")) {
            case "maven" ->
                fields.mapping(
                                "maven",
                                "{}",
                                maven -> new AdopterRecipe.MavenTest(
                                        maven.optionalTexts("arguments", TextRule.ARGUMENT)))
                        .<AdopterRecipe.Test>map(maven -> maven)
                        .orElse(NO_TEST);
            case "command" ->
                new AdopterRecipe.CommandTest(
                        fields.texts("command", TextRule.ARGUMENT), fields.text("junitXml", TextRule.GLOB));
            case "none" -> {
                fields.none("none");
                yield NO_TEST;
            }
            default -> {
                fields.optional("junitXml");
                yield NO_TEST;
            }
        };
    }

    private static AdopterRecipe.Timeouts timeouts(final Fields fields) {
        final AdopterRecipe.Timeouts otherwise = AdopterManifest.DEFAULT_TIMEOUTS;
        return new AdopterRecipe.Timeouts(
                millis(fields, "build", otherwise.buildMillis()),
                millis(fields, "test", otherwise.testMillis()),
                millis(fields, "silence", otherwise.silenceMillis()));
    }

    private static long millis(final Fields fields, final String key, final long otherwise) {
        final OptionalLong millis = Amounts.millis(fields.optionalText(key, TextRule.DURATION));
        return millis.orElse(otherwise);
    }

    private static AdopterRecipe.Resources resources(final Fields fields) {
        final AdopterRecipe.Resources otherwise = AdopterManifest.DEFAULT_RESOURCES;
        final String processes = fields.optionalText("processes", TextRule.COUNT);
        return new AdopterRecipe.Resources(
                Amounts.bytes(fields.optionalText("memory", TextRule.SIZE)).orElse(otherwise.memoryBytes()),
                processes.isEmpty() ? otherwise.processes() : Integer.parseInt(processes),
                Amounts.bytes(fields.optionalText("disk", TextRule.SIZE)).orElse(otherwise.diskBytes()));
    }

    private static AdopterManifest.FlakyTest flaky(final Fields fields) {
        final String until = fields.text("until", TextRule.DATE);
        LocalDate day = LocalDate.EPOCH;
        try {
            day = until.isEmpty() ? day : LocalDate.parse(until);
        } catch (final DateTimeParseException e) {
            fields.problems()
                    .add(fields.line("until"), "there is no day '" + until + "'; write one such as 2027-06-30");
        }
        return new AdopterManifest.FlakyTest(
                fields.text("test", TextRule.TEST_ID), day, fields.text("reason", TextRule.LINE));
    }
}
