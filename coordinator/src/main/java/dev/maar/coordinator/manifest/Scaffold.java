package dev.maar.coordinator.manifest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes the first manifest and jig of an adopter, to be filled in. Nothing that is there is overwritten. */
public final class Scaffold {

    private static final String JIG = """
            import dev.maar.jig.Case;
            import dev.maar.jig.Check;
            import dev.maar.jig.Jig;
            import java.util.Arrays;
            import java.util.Random;

            /** The hot path of %1$s. An operation is one call of {@link #hot}. */
            public final class %2$s implements Jig {

                private byte[] payload = new byte[0];
                private long done;
                private long sum;

                /** Everything that the loop needs is made here, from the case and its seed. */
                @Override
                public void setUp(final Case setting) {
                    payload = new byte[setting.getInt("payloadBytes")];
                    new Random(setting.seed()).nextBytes(payload);
                }

                @Override
                public void run(final long operations) {
                    for (long i = 0; i < operations; i++) {
                        sum = sum * 31 + hot();
                        done++;
                    }
                }

                /** Put here what the app does with %3$s in its inner loop; what is returned must be the same on both sides. */
                private long hot() {
                    payload[(int) (done %% payload.length)]++;
                    return Arrays.hashCode(payload);
                }

                @Override
                public Check check() {
                    return Check.of(done, sum);
                }

                @Override
                public void close() {}
            }
            """;

    private static final String ADOPTER = """
            kind: adopter
            name: %1$s
            description: The hot path of %1$s
            subject: %2$s
            source: %3$s
            build: %4$s
            test: %5$s
            jigs:
              - name: hot-loop
                class: %6$s
            %7$s    cases: {payloadBytes: [64]}
            timeouts: {build: 10m, test: 10m, silence: 1m}
            """;

    private final Path folder;

    /**
     * A scaffold in a folder of manifests.
     *
     * @param folder the folder; made when it is not there
     */
    public Scaffold(final Path folder) {
        this.folder = folder;
    }

    /**
     * A subject that is only compared between published versions.
     *
     * @param name its name
     * @param artifact {@code group:artifact}
     * @return the file
     * @throws IOException when it can not be written, or is there already
     */
    public Path subject(final String name, final String artifact) throws IOException {
        return write(
                folder.resolve("subjects").resolve(name + ".yaml"),
                "kind: subject\nname: " + name + "\nartifact: " + artifact + "\n");
    }

    /**
     * An adopter that is nothing but a jig over the subject.
     *
     * @param name its name
     * @param subject the subject's name
     * @param artifact the subject's {@code group:artifact}
     * @return the files
     * @throws IOException when they can not be written, or one is there already
     */
    public List<Path> bare(final String name, final String subject, final String artifact) throws IOException {
        final String apps = "apps/" + name;
        return List.of(
                write(folder.resolve(apps).resolve(className(name) + ".java"), jig(name, artifact)),
                write(
                        folder.resolve(name + ".yaml"),
                        ADOPTER.formatted(
                                name,
                                subject,
                                "{path: " + apps + "}",
                                "{javac: {classpath: [\"" + artifact + "\"]}}",
                                "{none: true}",
                                className(name),
                                "")));
    }

    /**
     * An adopter that is an app with a Maven build in a git repository, with its jig beside the manifest.
     *
     * @param name its name
     * @param subject the subject's name
     * @param url the repository
     * @param commit the commit's full hash
     * @return the files
     * @throws IOException when they can not be written, or one is there already
     */
    public List<Path> app(final String name, final String subject, final String url, final String commit)
            throws IOException {
        final String jigs = "jigs/" + name;
        return List.of(
                write(folder.resolve(jigs).resolve(className(name) + ".java"), jig(name, subject)),
                write(
                        folder.resolve(name + ".yaml"),
                        ADOPTER.formatted(
                                name,
                                subject,
                                "{git: \"" + url + "\", ref: " + commit + "}",
                                "{maven: {}}",
                                "{maven: {}}",
                                className(name),
                                "    sources: " + jigs + "\n")));
    }

    /**
     * A name for a subject, from its coordinates.
     *
     * @param artifact {@code group:artifact}
     * @return the artifact in lower case, what a name may not have left out
     */
    public static String subjectName(final String artifact) {
        final String plain = artifact.substring(artifact.indexOf(':') + 1)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9-]", "-")
                .replaceAll("^-+", "");
        return plain.isEmpty() ? "subject" : plain;
    }

    private static String jig(final String name, final String library) {
        return JIG.formatted(name, className(name), library);
    }

    private static String className(final String name) {
        final String words = Arrays.stream(name.split("-", -1))
                .filter(word -> !word.isEmpty())
                .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                .collect(Collectors.joining());
        return (Character.isDigit(words.charAt(0)) ? "Jig" : "") + words + "Jig";
    }

    private static Path write(final Path file, final String text) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        return Files.writeString(file, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
    }
}
