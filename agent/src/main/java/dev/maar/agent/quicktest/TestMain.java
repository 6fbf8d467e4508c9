package dev.maar.agent.quicktest;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * The child process: reads the name of a test class, runs it with the JUnit of its own class path, and says for each test how it ended, then
 * {@code done}; one line each, fields apart by tabs. Ends with its input.
 */
public final class TestMain {

    private TestMain() {}

    /**
     * Runs classes until the input ends.
     *
     * @param arguments none
     * @throws IOException when the input can not be read
     */
    public static void main(final String[] arguments) throws IOException {
        final PrintStream replies =
                new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.setOut(System.err);
        final Launcher launcher = LauncherFactory.create();
        final BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String name = requests.readLine(); name != null; name = requests.readLine()) {
            launcher.execute(
                    LauncherDiscoveryRequestBuilder.request()
                            .selectors(DiscoverySelectors.selectClass(name))
                            .build(),
                    new Told(name, replies));
            replies.println("done");
        }
        System.exit(0);
    }

    /** Tells how each test ended, and what failed around them. */
    private record Told(String testClass, PrintStream replies) implements TestExecutionListener {

        @Override
        public void executionFinished(final TestIdentifier test, final TestExecutionResult result) {
            final boolean passed = result.getStatus() == TestExecutionResult.Status.SUCCESSFUL;
            if (test.isTest() || !passed) {
                final String status = passed
                        ? "passed"
                        : result.getStatus() == TestExecutionResult.Status.ABORTED ? "skipped" : "failed";
                final String message = result.getThrowable()
                        .map(failure -> String.valueOf(failure).replaceAll("\\s+", " "))
                        .orElse("");
                replies.println(status + "\t" + id(test) + "\t" + message);
            }
        }

        private String id(final TestIdentifier test) {
            return test.getSource()
                    .filter(MethodSource.class::isInstance)
                    .map(MethodSource.class::cast)
                    .map(method -> method.getClassName() + "#" + method.getMethodName())
                    .orElse(testClass);
        }
    }
}
