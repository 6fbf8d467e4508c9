package dev.maar.agent.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;

/** The sandbox of the machine that runs the tests. */
public final class SandboxHere {

    /** The environment variable with which a machine promises that there is one: a skipped test is a failed one then. */
    private static final String PROMISE = "MAAR_TEST_ALL";

    private SandboxHere() {}

    /** The sandbox; without one the calling test is skipped, unless the machine promised one. */
    public static Sandbox orSkip(final Path... visible) throws Exception {
        final SandboxChoice choice = SandboxChoice.of(SandboxChoice.Wish.AUTO, List.of(visible));
        if ("true".equals(System.getenv(PROMISE))) {
            assertThat(choice.sandbox().confines()).as(choice.reason()).isTrue();
        }
        assumeTrue(choice.sandbox().confines(), "needs a sandbox: " + choice.reason());
        return choice.sandbox();
    }
}
