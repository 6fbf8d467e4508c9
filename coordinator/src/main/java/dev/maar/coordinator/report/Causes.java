package dev.maar.coordinator.report;

import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a build failed of, without what only says where it met it, so that adopters that fail of the same read the same. Pure functions.
 */
final class Causes {

    /** The file and the line of a compiler's error. */
    private static final Pattern PLACE = Pattern.compile("^\\S+\\.\\w+:\\[\\d+(?:,\\d+)?] ");

    /** What the adopter calls the value whose type lacks something. */
    private static final Pattern NAME = Pattern.compile("\\bvariable \\S+ of type ");

    /** Words that say that something failed, and not what. */
    private static final Pattern SAYS_NOTHING = Pattern.compile("exit code \\d+|and \\d+ more|\\d+ errors?");

    private Causes() {}

    /**
     * The causes in a build's reason.
     *
     * @param reason the compiler's words, an error a line, as the report has them
     * @return the causes in an order of their own, each once; empty when the reason says nothing by which others could be known to be alike
     */
    static Optional<String> of(final String reason) {
        final String causes = reason
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !SAYS_NOTHING.matcher(line).matches())
                .map(line -> PLACE.matcher(line).replaceFirst(""))
                .map(line -> NAME.matcher(line).replaceAll("type "))
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .collect(Collectors.joining("\n"));
        return causes.isEmpty() ? Optional.empty() : Optional.of(causes);
    }
}
