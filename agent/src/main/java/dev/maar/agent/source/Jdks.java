package dev.maar.agent.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The JDKs of this machine. Immutable. */
public final class Jdks {

    private final Path running;
    private final Map<Path, String> versions;

    private Jdks(final Path running, final Map<Path, String> versions) {
        this.running = running;
        this.versions = versions;
    }

    /**
     * Looks at the JDK that Maar runs on, {@code JAVA_HOME} and {@code /usr/lib/jvm}.
     *
     * @return what was found
     * @throws IOException when a folder can not be read
     */
    public static Jdks ofThisMachine() throws IOException {
        final List<Path> places = new ArrayList<>();
        Optional.ofNullable(System.getenv("JAVA_HOME"))
                .filter(home -> !home.isBlank())
                .map(Path::of)
                .ifPresent(places::add);
        final Path installed = Path.of("/usr/lib/jvm");
        if (Files.isDirectory(installed)) {
            try (DirectoryStream<Path> homes = Files.newDirectoryStream(installed)) {
                homes.forEach(places::add);
            }
        }
        return of(Path.of(System.getProperty("java.home")), places);
    }

    /**
     * Looks at given places.
     *
     * @param running the JDK that Maar runs on
     * @param places further homes; what is no JDK is left out
     * @return what was found
     * @throws IOException when a place can not be read
     */
    public static Jdks of(final Path running, final List<Path> places) throws IOException {
        final Map<Path, String> versions = new LinkedHashMap<>();
        final List<Path> all = new ArrayList<>(List.of(running));
        places.stream().sorted().forEach(all::add);
        for (final Path place : all) {
            if (isJdk(place)) {
                versions.putIfAbsent(place.toRealPath(), version(place));
            }
        }
        return new Jdks(running.toRealPath(), versions);
    }

    /**
     * The JDK that Maar runs on.
     *
     * @return its home
     */
    public Path running() {
        return running;
    }

    /**
     * All that were found.
     *
     * @return their versions, such as {@code 17.0.15}
     */
    public List<String> versions() {
        return versions.values().stream().distinct().sorted().toList();
    }

    /**
     * Finds a JDK.
     *
     * @param wanted a feature version such as {@code 17}, a version such as {@code 17.0.15}, or a JDK's home
     * @return its home
     * @throws SourceException when there is none; the message lists what there is
     */
    public Path find(final String wanted) throws SourceException {
        if (wanted.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'))) {
            return versions.entrySet().stream()
                    .filter(jdk ->
                            jdk.getValue().equals(wanted) || jdk.getValue().startsWith(wanted + "."))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElseThrow(() -> new SourceException("no JDK " + wanted + " on this machine. Found: " + list()
                            + ". Install one, or give its home as +jdk=PATH."));
        }
        final Path home = Path.of(wanted).toAbsolutePath().normalize();
        if (!isJdk(home)) {
            throw new SourceException(
                    "no JDK at " + home + " (there is no bin/java with bin/javac). Found: " + list() + ".");
        }
        return home;
    }

    /**
     * What distinguishes a JDK's output from another's: its vendor and version as its {@code release} file has them.
     *
     * @param home the JDK's home
     * @return the file's text, or the home's path where there is none
     * @throws IOException when the file can not be read
     */
    public static String identity(final Path home) throws IOException {
        final Path release = home.resolve("release");
        return Files.isReadable(release) ? Files.readString(release, StandardCharsets.UTF_8) : home.toString();
    }

    private String list() {
        return versions.isEmpty()
                ? "none"
                : versions.entrySet().stream()
                        .map(jdk -> jdk.getValue() + " at " + jdk.getKey())
                        .collect(Collectors.joining(", "));
    }

    private static boolean isJdk(final Path home) {
        return Files.isExecutable(home.resolve("bin/java")) && Files.isExecutable(home.resolve("bin/javac"));
    }

    private static String version(final Path home) throws IOException {
        final Path release = home.resolve("release");
        if (Files.isReadable(release)) {
            for (final String line : Files.readAllLines(release, StandardCharsets.UTF_8)) {
                if (line.startsWith("JAVA_VERSION=")) {
                    return line.substring("JAVA_VERSION=".length())
                            .replace("\"", "")
                            .strip();
                }
            }
        }
        return "unknown version";
    }
}
