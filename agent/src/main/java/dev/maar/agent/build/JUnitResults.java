package dev.maar.agent.build;

import dev.maar.agent.job.TestResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.w3c.dom.Element;

/** Test results in JUnit's XML form, as Surefire, pytest and many others write them. */
final class JUnitResults {

    /** Where Surefire writes, from the folder of the build. */
    static final String SUREFIRE = "**/target/surefire-reports/TEST-*.xml";

    private static final int MESSAGE_LENGTH = 300;

    private JUnitResults() {}

    /** Each test's result by {@code class#method}; one that is there several times has failed if it failed once. */
    static Map<String, TestResult> read(final List<Path> files) throws IOException {
        final Map<String, TestResult> results = new TreeMap<>();
        for (final Path file : files) {
            try {
                collect(Xml.parse(Files.readAllBytes(file)).getDocumentElement(), results);
            } catch (final IOException e) {
                throw new IOException("test results in " + file.getFileName() + ": " + e.getMessage(), e);
            }
        }
        return results;
    }

    private static void collect(final Element suite, final Map<String, TestResult> results) {
        for (final Element child : Xml.children(suite, "*")) {
            if (child.getTagName().equals("testcase")) {
                results.merge(id(child), result(child), JUnitResults::worse);
            } else if (child.getTagName().equals("testsuite")) {
                collect(child, results);
            }
        }
    }

    private static String id(final Element test) {
        final String name = test.getAttribute("name");
        final String owner = test.getAttribute("classname");
        // Surefire reports what fails before the first method, such as a set-up of the class, under the class alone.
        return name.isBlank() || name.equals(owner) ? owner : owner + "#" + name;
    }

    private static TestResult result(final Element test) {
        for (final String kind : List.of("failure", "error")) {
            for (final Element failed : Xml.children(test, kind)) {
                return new TestResult(TestResult.Status.FAILED, message(failed));
            }
        }
        return Xml.child(test, "skipped")
                .map(skipped -> new TestResult(
                        TestResult.Status.SKIPPED,
                        Varying.removedFromFirstLine(skipped.getAttribute("message"), MESSAGE_LENGTH)))
                .orElse(new TestResult(TestResult.Status.PASSED, ""));
    }

    private static String message(final Element failed) {
        final String attribute = failed.getAttribute("message");
        final String message = attribute.isBlank() ? failed.getTextContent() : attribute;
        final String type = failed.getAttribute("type");
        final String simple = type.substring(type.lastIndexOf('.') + 1);
        final String first = Varying.removedFromFirstLine(message, MESSAGE_LENGTH);
        return simple.isBlank() || first.startsWith(simple) || first.startsWith(type) ? first : simple + ": " + first;
    }

    private static TestResult worse(final TestResult one, final TestResult other) {
        return rank(one) >= rank(other) ? one : other;
    }

    private static int rank(final TestResult result) {
        return switch (result.status()) {
            case SKIPPED -> 0;
            case PASSED -> 1;
            case FAILED, FLAKY -> 2;
        };
    }
}
