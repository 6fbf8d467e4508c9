package dev.maar.agent.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a build's log says went wrong, in words that are the same on every machine and every day: no absolute paths, no addresses, no
 * decoration, so that equal causes read equal. Immutable.
 */
final class BuildLog {

    private static final int ERRORS_SHOWN = 5;
    private static final int LINE_LENGTH = 300;

    /** Maven's form of a compiler's error. */
    private static final Pattern MAVEN_ERROR = Pattern.compile(
            "^(?!\\[(?:WARNING|INFO|DEBUG)])(?:\\[ERROR] )?(?:.*/)?([^/\\s]+\\.(?:java|kt|scala|groovy)):\\[(\\d+)(?:,(\\d+))?] (?:error: )?(.+)$");
    /** javac's own form. */
    private static final Pattern JAVAC_ERROR = Pattern.compile("^(?:.*/)?([^/\\s]+\\.java):(\\d+): error: (.+)$");

    private static final Pattern DETAIL = Pattern.compile(
            "^(?:\\[ERROR])?\\s+(symbol|location|required|found|reason|equality constraints|lower bounds):\\s+(.+)$");
    private static final Pattern MAVEN_NOISE = Pattern.compile(
            "^\\[(Help \\d+)]|^To see the full stack trace|^Re-run Maven|"
                    + "^For more information|^After correcting|^ *mvn <args>|^-> \\[Help|^COMPILATION ERROR|^Please refer to ");

    /** What only the machine can be blamed for. */
    private static final List<Sign> MACHINE = List.of(
            new Sign(Pattern.compile("No space left on device|Disk quota exceeded"), "no space left on the device"),
            new Sign(
                    Pattern.compile(
                            "There is insufficient memory for the Java Runtime Environment|Cannot allocate memory"),
                    "the machine has no memory left"));
    /** What the environment is blamed for in a build, but not in tests that gave results: there it may be what they found. */
    private static final List<Sign> AROUND_A_BUILD = List.of(
            new Sign(Pattern.compile("unable to create native thread"), "the machine has no threads left"),
            new Sign(
                    Pattern.compile("java\\.lang\\.OutOfMemoryError|The system is out of resources"),
                    "the build ran out of memory"),
            new Sign(
                    Pattern.compile(
                            "Temporary failure in name resolution|UnknownHostException|Network is unreachable|"
                                    + "Connection timed out|Read timed out|Connection refused|Connection reset|No route to host"),
                    "the network could not be reached"));

    private static final Pattern RESOLUTION = Pattern.compile(
            "^\\[(?:ERROR|FATAL)].*(?:Could not (?:find|transfer|resolve)|Non-resolvable|could not be resolved|was not found in|"
                    + "Failure to (?:find|transfer)|Failed to read artifact descriptor|No plugin found for prefix).*");

    private final List<String> lines;

    private BuildLog(final List<String> lines) {
        this.lines = lines;
    }

    /** Reads a log; a missing one is empty. */
    static BuildLog read(final Path log) throws IOException {
        return Files.exists(log) ? of(new String(Files.readAllBytes(log), StandardCharsets.UTF_8)) : of("");
    }

    static BuildLog of(final String text) {
        return new BuildLog(text.lines().toList());
    }

    boolean mentions(final String words) {
        return lines.stream().anyMatch(line -> line.contains(words));
    }

    /** The lines in which these words are. */
    List<String> linesWith(final String words) {
        return lines.stream().filter(line -> line.contains(words)).toList();
    }

    /**
     * The environment's fault in a build, if the log shows one.
     *
     * @param exit the exit code
     * @param subject {@code group:artifact} of the subject: that it lacks something is no fault of the environment; may be empty
     */
    Optional<String> environmentFault(final int exit, final String subject) {
        final Optional<String> fault = machineFault(exit).or(() -> sign(AROUND_A_BUILD));
        if (fault.isPresent()) {
            return fault;
        }
        return lines.stream()
                .filter(line -> RESOLUTION.matcher(line).matches())
                .findFirst()
                .filter(line -> subject.isEmpty() || !line.contains(subject + ":"))
                .map(line -> "a dependency could not be downloaded: " + tidy(withoutPrefix(line)));
    }

    /** The machine's fault in whatever ran, if the log or the exit code shows one. */
    Optional<String> machineFault(final int exit) {
        if (exit == 128 + 9 || mentions("Process Exit Code: 137")) {
            return Optional.of("killed by signal 9 from outside; the machine may have run out of memory");
        }
        if (exit == 128 + 15) {
            return Optional.of("killed by signal 15 from outside");
        }
        return sign(MACHINE);
    }

    private Optional<String> sign(final List<Sign> signs) {
        return signs.stream()
                .filter(sign -> lines.stream()
                        .anyMatch(line -> sign.pattern().matcher(line).find()))
                .map(Sign::words)
                .findFirst();
    }

    /** The first errors, one a line: the compiler's where there are some, else the tool's own. */
    String errors(final int exit) {
        final List<String> compiler = compilerErrors();
        final List<String> found = compiler.isEmpty() ? toolErrors() : compiler;
        if (found.isEmpty()) {
            return "exit code " + exit;
        }
        final String shown = String.join("\n", found.subList(0, Math.min(ERRORS_SHOWN, found.size())));
        return found.size() > ERRORS_SHOWN ? shown + "\nand " + (found.size() - ERRORS_SHOWN) + " more" : shown;
    }

    private List<String> compilerErrors() {
        final Set<String> errors = new LinkedHashSet<>();
        for (int i = 0; i < lines.size(); i++) {
            final Matcher maven = MAVEN_ERROR.matcher(lines.get(i));
            final Matcher javac = JAVAC_ERROR.matcher(lines.get(i));
            if (maven.matches()) {
                final String place = maven.group(3) == null ? maven.group(2) : maven.group(2) + "," + maven.group(3);
                errors.add(tidy(
                        maven.group(1) + ":[" + place + "] " + maven.group(4).replaceFirst(";$", "") + details(i + 1)));
            } else if (javac.matches()) {
                errors.add(tidy(javac.group(1) + ":[" + javac.group(2) + "] "
                        + javac.group(3).replaceFirst(";$", "") + details(i + 1)));
            }
        }
        return List.copyOf(errors);
    }

    /** What javac says of an error on the lines after it, up to the next error. */
    private String details(final int from) {
        final StringBuilder text = new StringBuilder();
        for (int i = from; i < lines.size() && isContinuation(lines.get(i)); i++) {
            final Matcher detail = DETAIL.matcher(lines.get(i));
            if (detail.matches()) {
                final boolean symbol = detail.group(1).equals("symbol");
                final String lead = symbol ? ": " : ", " + detail.group(1) + ": ";
                text.append(lead).append(detail.group(2).strip().replaceAll("\\s+", " "));
            }
        }
        return text.toString();
    }

    private static boolean isContinuation(final String line) {
        return line.startsWith(" ") || line.startsWith("\t") || line.startsWith("[ERROR]  ");
    }

    private List<String> toolErrors() {
        final Set<String> errors = new LinkedHashSet<>();
        for (final String line : lines) {
            final boolean maven = line.startsWith("[ERROR]") || line.startsWith("[FATAL]");
            if (maven || line.startsWith("Error:") || line.startsWith("error:") || line.contains("Error: ")) {
                final String plain = withoutPrefix(line);
                if (!plain.isBlank() && !MAVEN_NOISE.matcher(plain).find()) {
                    errors.add(tidy(plain));
                }
            }
        }
        if (errors.isEmpty()) {
            // A tool that marks no errors: what it said last is the best there is.
            final List<String> said =
                    lines.stream().filter(line -> !line.isBlank()).toList();
            said.stream().skip(Math.max(0, said.size() - 3)).forEach(line -> errors.add(tidy(line)));
        }
        return new ArrayList<>(errors);
    }

    private static String withoutPrefix(final String line) {
        return line.replaceFirst("^\\[(ERROR|FATAL)]\\s*", "");
    }

    private static String tidy(final String line) {
        final String text = Varying.removed(line.replaceFirst("\\s*-> \\[Help \\d+]\\s*$", ""))
                .strip();
        return text.length() > LINE_LENGTH ? text.substring(0, LINE_LENGTH) + "..." : text;
    }

    private record Sign(Pattern pattern, String words) {}
}
