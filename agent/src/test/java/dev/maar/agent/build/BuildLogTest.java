package dev.maar.agent.build;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BuildLogTest {

    private static final String SUBJECT = "org.demo:channel";

    @Test
    void aCompilersErrorIsItsFilePlaceMessageAndSymbolWithoutThePath() {
        final BuildLog log = BuildLog.of("""
                [INFO] Scanning for projects...
                [ERROR] COMPILATION ERROR :\s
                [INFO] -------------------------------------------------------------
                [ERROR] /home/me/.maar/cache/adopters/ab12/src/src/main/java/org/app/App.java:[12,16] cannot find symbol
                  symbol:   method tryPublish(long)
                  location: variable channel of type org.demo.Channel
                [ERROR] /home/me/.maar/cache/adopters/ab12/src/src/main/java/org/app/App.java:[14,9] method send in class org.app.App cannot be applied to given types;
                  required: long
                  found:    no arguments
                  reason: actual and formal argument lists differ in length
                [INFO] 2 errors\s
                [ERROR] Failed to execute goal org.apache.maven.plugins:maven-compiler-plugin:3.16.0:compile (default-compile) on project app: Compilation failure: Compilation failure:\s
                [ERROR] /home/me/.maar/cache/adopters/ab12/src/src/main/java/org/app/App.java:[12,16] cannot find symbol
                [ERROR]   symbol:   method tryPublish(long)
                [ERROR]   location: variable channel of type org.demo.Channel
                [ERROR] -> [Help 1]
                """);

        assertThat(log.errors(1)).isEqualTo("""
                App.java:[12,16] cannot find symbol: method tryPublish(long), location: variable channel of type org.demo.Channel
                App.java:[14,9] method send in class org.app.App cannot be applied to given types, required: long, found: no arguments, \
                reason: actual and formal argument lists differ in length""");
        assertThat(log.environmentFault(1, SUBJECT)).isEmpty();
    }

    @Test
    void javacsOwnFormReadsTheSame() {
        final BuildLog log = BuildLog.of("""
                /x/src/App.java:3: error: cannot find symbol
                    channel.tryPublish(1);
                           ^
                  symbol:   method tryPublish(int)
                  location: variable channel of type Channel
                1 error
                """);

        assertThat(log.errors(1))
                .isEqualTo(
                        "App.java:[3] cannot find symbol: method tryPublish(int), location: variable channel of type Channel");
    }

    @Test
    void warningsAreNoErrors() {
        final BuildLog log = BuildLog.of("""
                [WARNING] /x/App.java:[1,2] [deprecation] stop() in Thread has been deprecated
                [ERROR] /x/App.java:[3,4] ';' expected
                """);

        assertThat(log.errors(1)).isEqualTo("App.java:[3,4] ';' expected");
    }

    @Test
    void onlyTheFirstErrorsAreShownAndTheOthersCounted() {
        final StringBuilder text = new StringBuilder();
        for (int i = 1; i <= 7; i++) {
            text.append("[ERROR] /x/App.java:[").append(i).append(",1] broken\n");
        }

        assertThat(BuildLog.of(text.toString()).errors(1))
                .startsWith("App.java:[1,1] broken")
                .endsWith("\nand 2 more");
    }

    @Test
    void withoutACompilersErrorTheToolsOwnWordsAreTheReason() {
        assertThat(BuildLog.of("""
                [ERROR] Failed to execute goal org.x:y-plugin:1:run (default) on project app: Nothing at /home/me/app/config.yaml -> [Help 1]
                [ERROR]\s
                [ERROR] To see the full stack trace of the errors, re-run Maven with the -e switch.
                [ERROR] [Help 1] http://example.org/help
                """).errors(1))
                .isEqualTo(
                        "Failed to execute goal org.x:y-plugin:1:run (default) on project app: Nothing at config.yaml");
        assertThat(BuildLog.of("building\n\ndone badly\n").errors(3)).isEqualTo("building\ndone badly");
        assertThat(BuildLog.of("").errors(3)).isEqualTo("exit code 3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.io.IOException: No space left on device",
                "OpenJDK: There is insufficient memory for the Java Runtime Environment to continue.",
                "[ERROR] Failed to execute goal on project app: Could not resolve dependencies for project org.app:app:jar:1: Could not"
                        + " transfer artifact org.other:lib:jar:2 from/to central (https://repo.example.org/maven2): Read timed out",
                "[ERROR] Plugin org.other:x:1 or one of its dependencies could not be resolved: Could not find artifact org.other:x:jar:1",
                "[FATAL] Non-resolvable parent POM for org.app:app:1: Could not find artifact org.app:parent:pom:1"
            })
    void whatTheEnvironmentDidIsItsFault(final String line) {
        assertThat(BuildLog.of("[INFO] x\n" + line + "\n").environmentFault(1, SUBJECT))
                .isPresent();
    }

    @Test
    void reasonsNameNoServer() {
        final BuildLog log = BuildLog.of(
                "[ERROR] Failed to execute goal on project app: Could not find artifact org.other:lib:jar:2 in"
                        + " central (https://repo.example.org/maven2) -> [Help 1]\n");

        assertThat(log.environmentFault(1, SUBJECT).orElseThrow())
                .contains("org.other:lib:jar:2")
                .doesNotContain("example.org");
    }

    @Test
    void thatTheSubjectLacksSomethingIsNoFaultOfTheEnvironment() {
        final BuildLog log = BuildLog.of("[ERROR] Failed to execute goal on project app: Could not find artifact"
                + " org.demo:channel:jar:tests:1.0-abc in central\n");

        assertThat(log.environmentFault(1, SUBJECT)).isEmpty();
        assertThat(log.errors(1)).contains("org.demo:channel:jar:tests:1.0-abc");
    }

    @Test
    void beingKilledFromOutsideIsTheEnvironmentsFault() {
        assertThat(BuildLog.of("").environmentFault(137, SUBJECT).orElseThrow()).contains("signal 9");
        assertThat(BuildLog.of("").environmentFault(1, SUBJECT)).isEmpty();
    }

    @Test
    void messagesLoseWhatVariesFromRunToRun() {
        assertThat(Varying.removed(
                        "at /tmp/junit123/x.txt: Channel@1b2c3d4 on 127.0.0.1:40123 after 153 ms, 1763712000123"))
                .isEqualTo("at x.txt: Channel@(id) on 127.0.0.1:(port) after (time), (number)");
        assertThat(Varying.removed("expected: 42 but was: 43")).isEqualTo("expected: 42 but was: 43");
        assertThat(Varying.removed("org/demo/Channel is 1/2")).isEqualTo("org/demo/Channel is 1/2");
        assertThat(Varying.removedFromFirstLine("  first\nsecond", 100)).isEqualTo("first");
    }
}
