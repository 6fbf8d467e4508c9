package dev.maar.agent.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.maar.agent.job.TestResult;
import dev.maar.agent.job.TestResult.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JUnitResultsTest {

    @TempDir
    Path folder;

    @Test
    void everyTestCaseOfEverySuiteHasItsResult() throws Exception {
        final Path file = write("""
                <testsuites><testsuite name="s">
                  <testcase classname="a.B" name="passes" time="0.1"/>
                  <testcase classname="a.B" name="fails"><failure type="org.x.AssertionFailedError" message="no&#10;more">trace</failure></testcase>
                  <testcase classname="a.B" name="breaks"><error type="java.lang.IllegalStateException">java.lang.IllegalStateException: bad
                    at a.B</error></testcase>
                  <testcase classname="a.B" name="waits"><skipped message="later"/></testcase>
                  <testsuite name="inner"><testcase classname="a.C" name="deep"/></testsuite>
                  <testcase classname="a.D" name=""><error message="set-up" type="X"/></testcase>
                </testsuite></testsuites>
                """);

        assertThat(JUnitResults.read(List.of(file)))
                .isEqualTo(Map.of(
                        "a.B#passes", new TestResult(Status.PASSED, ""),
                        "a.B#fails", new TestResult(Status.FAILED, "AssertionFailedError: no"),
                        "a.B#breaks", new TestResult(Status.FAILED, "java.lang.IllegalStateException: bad"),
                        "a.B#waits", new TestResult(Status.SKIPPED, "later"),
                        "a.C#deep", new TestResult(Status.PASSED, ""),
                        "a.D", new TestResult(Status.FAILED, "X: set-up")));
    }

    @Test
    void aTestThatRanTwiceHasFailedWhenItFailedOnce() throws Exception {
        final Path file = write("""
                <testsuite>
                  <testcase classname="a" name="x"><failure message="m"/></testcase>
                  <testcase classname="a" name="x"/>
                  <testcase classname="a" name="y"><skipped/></testcase>
                  <testcase classname="a" name="y"/>
                </testsuite>
                """);

        assertThat(JUnitResults.read(List.of(file)))
                .containsEntry("a#x", new TestResult(Status.FAILED, "m"))
                .containsEntry("a#y", new TestResult(Status.PASSED, ""));
    }

    @Test
    void aDocumentTypeIsRefusedSoNothingIsReadThroughIt() throws Exception {
        final Path secret = Files.writeString(folder.resolve("secret"), "secret");
        final Path file = write("<!DOCTYPE t [<!ENTITY e SYSTEM \"" + secret.toUri()
                + "\">]><testsuite><testcase classname=\"&e;\" name=\"x\"/></testsuite>");

        assertThatThrownBy(() -> JUnitResults.read(List.of(file)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("DOCTYPE");
    }

    @Test
    void aFileThatIsCutOffIsNotTakenForResults() throws Exception {
        final Path file = write("<testsuite><testcase classname=\"a\" name=\"x\"/>");

        assertThatThrownBy(() -> JUnitResults.read(List.of(file)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("r.xml");
    }

    private Path write(final String text) throws IOException {
        return Files.writeString(folder.resolve("r.xml"), text);
    }
}
