package dev.maar.agent.build;

import dev.maar.agent.source.ContentHash;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.objectweb.asm.ClassReader;

/**
 * What a compiler sees of a library: the public and protected members of its public classes and of all that those inherit from, the
 * values of constants, its module's descriptor, and what its POM asks for. Two versions with the same of it are exchangeable without
 * compiling anything again. Pure functions over files.
 */
final class Abi {

    private static final String PROCESSORS = "META-INF/services/javax.annotation.processing.Processor";
    private static final String MODULE = "module-info.class";

    private Abi() {}

    /**
     * The hash of a library's ABI.
     *
     * @param jar its classes
     * @param pom its POM
     * @return 64 hexadecimal digits; a library that takes part in compiling (an annotation processor) has its bytes' hash
     */
    static String of(final Path jar, final byte[] pom) throws IOException {
        final ContentHash hash = new ContentHash()
                .with("kind", "maar-abi/1")
                .with("needs", Pom.parse(pom).needs());
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            if (zip.getEntry(PROCESSORS) != null) {
                return hash.withFile("processor", jar).hex();
            }
            final Map<String, ClassShape> shapes = new TreeMap<>();
            for (final ZipEntry entry : zip.stream()
                    .sorted((a, b) -> a.getName().compareTo(b.getName()))
                    .toList()) {
                final String name = entry.getName();
                if (name.endsWith(MODULE)) {
                    hash.with(name, new String(read(zip, entry), StandardCharsets.ISO_8859_1));
                } else if (name.endsWith(".class")) {
                    shapes.put(name, shape(read(zip, entry), jar, name));
                }
            }
            visible(shapes).forEach((name, shape) -> hash.with(name, shape.text()));
        }
        return hash.hex();
    }

    private static ClassShape shape(final byte[] bytes, final Path jar, final String name) throws IOException {
        try {
            final ClassShape shape = new ClassShape();
            new ClassReader(bytes)
                    .accept(shape, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
            return shape;
        } catch (final IllegalArgumentException e) {
            throw new IOException(name + " of " + jar.getFileName() + " is not a class file that can be read", e);
        }
    }

    private static byte[] read(final ZipFile zip, final ZipEntry entry) throws IOException {
        try (InputStream content = zip.getInputStream(entry)) {
            return content.readAllBytes();
        }
    }

    /** The public classes, and those of the library that they inherit from, by the names of their files. */
    private static Map<String, ClassShape> visible(final Map<String, ClassShape> shapes) {
        final Map<String, List<String>> files = new TreeMap<>();
        shapes.forEach((file, shape) ->
                files.computeIfAbsent(shape.name(), name -> new ArrayList<>()).add(file));
        final Map<String, ClassShape> visible = new TreeMap<>();
        final Deque<String> open = new ArrayDeque<>();
        shapes.values().stream()
                .filter(ClassShape::isPublic)
                .map(ClassShape::name)
                .forEach(open::add);
        while (!open.isEmpty()) {
            for (final String file : files.getOrDefault(open.remove(), List.of())) {
                final ClassShape shape = shapes.get(file);
                if (shape != null && visible.putIfAbsent(file, shape) == null) {
                    open.addAll(shape.parents());
                }
            }
        }
        return visible;
    }
}
