package dev.maar.agent.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The programs that builds and forks need. */
final class Tools {

    private static final int LEAST_JAVA = 17;
    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)[.\\d]*");

    private Tools() {}

    static List<Finding> examine() {
        final List<Finding> findings = new ArrayList<>();
        findings.add(
                jdk(Path.of(System.getProperty("java.home")), Runtime.version().feature()));
        findings.add(tool("git", "--version", 2, 20, "install git (Debian: apt install git)"));
        findings.add(tool("mvn", "--version", 3, 8, "install Maven 3.8 or newer (Debian: apt install maven)"));
        findings.add(tool("setsid", "--version", 2, 0, "install util-linux"));
        return findings;
    }

    static Finding jdk(final Path home, final int release) {
        if (release < LEAST_JAVA || !Files.isExecutable(home.resolve("bin/javac"))) {
            return Finding.broken(
                    "JDK",
                    "Java " + release + " at " + home
                            + (Files.isExecutable(home.resolve("bin/javac")) ? "" : " has no javac"),
                    "install a JDK of release 17 or newer and set JAVA_HOME");
        }
        return Finding.good("JDK", "Java " + release + " at " + home);
    }

    static Finding tool(
            final String program, final String versionFlag, final int major, final int minor, final String mend) {
        final Optional<String> output = firstLineOf(program, versionFlag);
        if (output.isEmpty()) {
            return Finding.broken(program, "not found on PATH", mend);
        }
        final Matcher version = VERSION.matcher(output.get());
        if (version.find()
                && Integer.parseInt(version.group(1)) * 1000 + Integer.parseInt(version.group(2))
                        < major * 1000 + minor) {
            return Finding.broken(program, output.get() + " is too old", mend);
        }
        return Finding.good(program, output.get());
    }

    private static Optional<String> firstLineOf(final String program, final String flag) {
        try {
            final Process process = new ProcessBuilder(program, flag)
                    .redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .start();
            final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            // Colour codes, which Maven writes even into a pipe, say nothing here.
            return output.replaceAll("\u001b\\[[0-9;]*m", "").lines().findFirst();
        } catch (final IOException e) {
            return Optional.empty();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
