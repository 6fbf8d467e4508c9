package dev.maar.coordinator.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/** The two sides that are compared. */
final class SideOptions {

    @Option(
            names = "--a",
            paramLabel = "SIDE",
            description = "The baseline (default: merge base of HEAD and the default branch).")
    private Optional<String> a;

    @Option(
            names = "--b",
            paramLabel = "SIDE",
            description = "The candidate (default: ${DEFAULT-VALUE}).",
            defaultValue = "CURRENT")
    private String b;

    Optional<String> a() {
        return a;
    }

    String b() {
        return b;
    }
}
