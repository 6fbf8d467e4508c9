package dev.maar.agent.fork;

import dev.maar.jig.Jig;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/** Finds the jig API and harness for the class path of forks, and nothing of the farm with it. */
final class HarnessClasses {

    private static final String ROOT = "dev/maar/jig/";

    private HarnessClasses() {}

    /**
     * The harness as this process has it. When it is packed into one jar with the rest of the farm, its classes are copied out: the
     * farm's libraries on a fork's class path would hide the adopter's.
     *
     * @param scratch where a copy may be put
     * @return a jar or folder with the jig API and harness alone
     * @throws IOException when the copy can not be made
     */
    static Path locate(final Path scratch) throws IOException {
        final Path source;
        try {
            source = Path.of(Jig.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (final URISyntaxException e) {
            throw new IOException("the harness was not loaded from a file", e);
        }
        return alone(source, scratch);
    }

    /** The jar or folder itself when it holds nothing else, and otherwise a copy of what belongs to the harness. */
    static Path alone(final Path source, final Path scratch) throws IOException {
        if (Files.isDirectory(source)) {
            return source;
        }
        try (JarFile jar = new JarFile(source.toFile())) {
            final List<JarEntry> classes = jar.stream()
                    .filter(entry -> entry.getName().endsWith(".class"))
                    .toList();
            final List<JarEntry> harness = classes.stream()
                    .filter(entry -> entry.getName().startsWith(ROOT))
                    .toList();
            return harness.size() == classes.size() ? source : copy(jar, harness, scratch.resolve("harness.jar"));
        }
    }

    private static Path copy(final JarFile from, final List<JarEntry> entries, final Path to) throws IOException {
        try (OutputStream out = Files.newOutputStream(to);
                JarOutputStream jar = new JarOutputStream(out)) {
            for (final JarEntry entry : entries) {
                jar.putNextEntry(new JarEntry(entry.getName()));
                try (InputStream in = from.getInputStream(entry)) {
                    in.transferTo(jar);
                }
            }
        }
        return to;
    }
}
