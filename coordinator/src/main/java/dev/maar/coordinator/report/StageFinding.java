package dev.maar.coordinator.report;

import dev.maar.agent.job.Stage;
import dev.maar.agent.job.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A build or test stage that a reader should look at.
 *
 * @param adopter the adopter's name
 * @param alike further adopters whose builds end alike and fail of the same
 * @param stage build or test
 * @param verdict the stage's verdict
 * @param summary both sides in one line
 * @param detail the compiler's words, or what happened; several lines; empty when there is nothing more to say
 * @param tests lists of tests, by what they did
 * @param logs the logs of both sides, those there are
 */
record StageFinding(
        String adopter,
        List<String> alike,
        Stage stage,
        Verdict verdict,
        String summary,
        String detail,
        List<Tests> tests,
        List<String> logs) {

    private static final int DETAIL_LENGTH = 4_000;
    private static final int NAME_LENGTH = 80;
    private static final int MOST_TESTS = 100;

    /** Copies the lists. */
    StageFinding {
        alike = List.copyOf(alike);
        tests = List.copyOf(tests);
        logs = List.copyOf(logs);
    }

    /**
     * Tests that did the same.
     *
     * @param title what they did
     * @param tests the tests
     * @param more how many more there are
     */
    record Tests(String title, List<TestLine> tests, int more) {
        /** Copies the list. */
        Tests {
            tests = List.copyOf(tests);
        }
    }

    /**
     * One test.
     *
     * @param name its id
     * @param message its failure's message; empty when there is none
     */
    record TestLine(String name, String message) {}

    /**
     * The findings of a report, the worst first. Builds of several adopters that fail of the same are one.
     *
     * @param report the report
     * @return the findings; stages that are unchanged or were not run are left out
     */
    static List<StageFinding> of(final Report report) {
        final List<StageFinding> findings = new ArrayList<>();
        final Map<String, List<AdopterReport>> builds = report.adopters().stream()
                .filter(adopter -> isFinding(adopter.build().verdict()))
                .collect(Collectors.groupingBy(StageFinding::kind, LinkedHashMap::new, Collectors.toList()));
        builds.values().forEach(alike -> findings.add(build(alike)));
        for (final AdopterReport adopter : report.adopters()) {
            if (isFinding(adopter.test().verdict())) {
                findings.add(test(adopter));
            }
        }
        findings.sort(Comparator.comparing(StageFinding::verdict));
        return List.copyOf(findings);
    }

    /**
     * The further adopters in words.
     *
     * @param most how many are named
     * @return for example {@code the same in x, y and 3 more}; empty when there are none
     */
    String sameIn(final int most) {
        if (alike.isEmpty()) {
            return "";
        }
        final String named = String.join(", ", alike.subList(0, Math.min(most, alike.size())));
        return "the same in " + named + (alike.size() > most ? " and " + (alike.size() - most) + " more" : "");
    }

    /**
     * A count of tests as people read it.
     *
     * @param counts the counts
     * @return for example {@code 41 passed, 1 failed}
     */
    static String inWords(final AdopterReport.Counts counts) {
        final StringBuilder words = new StringBuilder().append(counts.passed()).append(" passed");
        if (counts.failed() > 0) {
            words.append(", ").append(counts.failed()).append(" failed");
        }
        if (counts.skipped() > 0) {
            words.append(", ").append(counts.skipped()).append(" skipped");
        }
        return words.toString();
    }

    private static boolean isFinding(final Verdict verdict) {
        return verdict != Verdict.UNCHANGED && verdict != Verdict.SKIPPED;
    }

    /** What builds have in common that are one finding; an adopter's own when nothing says of what it failed. */
    private static String kind(final AdopterReport adopter) {
        final AdopterReport.Build build = adopter.build();
        final String ends = build.verdict() + " " + build.a() + " " + build.b() + "\n";
        return ends + Causes.of(build.reason()).orElse("adopter " + adopter.name());
    }

    private static StageFinding build(final List<AdopterReport> alike) {
        final AdopterReport adopter = alike.get(0);
        final AdopterReport.Build build = adopter.build();
        return new StageFinding(
                PlainText.line(adopter.name(), NAME_LENGTH),
                alike.stream()
                        .skip(1)
                        .map(other -> PlainText.line(other.name(), NAME_LENGTH))
                        .toList(),
                Stage.BUILD,
                build.verdict(),
                "build: a " + build.a().label() + ", b " + build.b().label(),
                PlainText.lines(build.reason(), DETAIL_LENGTH),
                List.of(),
                logs(build.logA(), build.logB()));
    }

    private static StageFinding test(final AdopterReport adopter) {
        final AdopterReport.Test test = adopter.test();
        final List<Tests> tests = new ArrayList<>();
        add(tests, "newly failing", test.newlyFailing(), test.messages());
        add(tests, "not the same twice", test.flaky(), test.messages());
        add(tests, "newly passing", test.newlyPassing(), Map.of());
        add(tests, "failing on both sides, not alike", test.failingDifferently(), test.messages());
        add(
                tests,
                "failing on both sides",
                test.stillFailing().stream()
                        .filter(name -> !test.failingDifferently().contains(name))
                        .toList(),
                test.messages());
        return new StageFinding(
                PlainText.line(adopter.name(), NAME_LENGTH),
                List.of(),
                Stage.TEST,
                test.verdict(),
                "tests: a " + inWords(test.a()) + "; b " + inWords(test.b()),
                PlainText.lines(test.reason(), DETAIL_LENGTH),
                tests,
                logs(test.logA(), test.logB()));
    }

    private static void add(
            final List<Tests> tests, final String title, final List<String> names, final Map<String, String> messages) {
        if (!names.isEmpty()) {
            final List<TestLine> lines = names.stream()
                    .limit(MOST_TESTS)
                    .map(name -> new TestLine(
                            PlainText.line(name, 200), PlainText.line(messages.getOrDefault(name, ""), 300)))
                    .toList();
            tests.add(new Tests(title, lines, names.size() - lines.size()));
        }
    }

    private static List<String> logs(final String logA, final String logB) {
        final List<String> logs = new ArrayList<>();
        for (final String log : List.of(logA, logB)) {
            if (!log.isEmpty()) {
                logs.add(PlainText.line(log, 300));
            }
        }
        return logs;
    }
}
