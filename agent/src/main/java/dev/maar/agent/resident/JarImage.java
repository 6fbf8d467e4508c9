package dev.maar.agent.resident;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** The entries of a jar, in memory. For one thread. */
final class JarImage {

    private static final String CLASS = ".class";
    private static final String MANIFEST = "META-INF/MANIFEST.MF";
    /** 1 February 1980, so that the same entries give the same bytes in every time zone. */
    private static final long TIME = 318_211_200_000L;

    private final Map<String, byte[]> entries;

    private JarImage(final Map<String, byte[]> entries) {
        this.entries = entries;
    }

    static JarImage read(final Path jar) throws IOException {
        final Map<String, byte[]> entries = new TreeMap<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (final ZipEntry entry :
                    zip.stream().filter(one -> !one.isDirectory()).toList()) {
                try (InputStream content = zip.getInputStream(entry)) {
                    entries.put(entry.getName(), content.readAllBytes());
                }
            }
        }
        return new JarImage(entries);
    }

    /** The class files by the names of their entries. */
    Map<String, byte[]> classes() {
        final Map<String, byte[]> classes = new TreeMap<>(entries);
        classes.keySet().removeIf(name -> !name.endsWith(CLASS));
        return classes;
    }

    /** The same but for its class files, which are these. */
    JarImage with(final Map<String, byte[]> classes) {
        final Map<String, byte[]> all = new TreeMap<>(entries);
        all.keySet().removeIf(name -> name.endsWith(CLASS));
        all.putAll(classes);
        return new JarImage(all);
    }

    /** Writes the jar, not compressed; whoever reads the file meanwhile sees the old one or the new one, whole. */
    void write(final Path jar) throws IOException {
        final Map<String, byte[]> ordered = new LinkedHashMap<>();
        if (entries.containsKey(MANIFEST)) {
            ordered.put(MANIFEST, entries.getOrDefault(MANIFEST, new byte[0]));
        }
        ordered.putAll(entries);
        final Path partial = jar.resolveSibling(jar.getFileName() + ".partial");
        try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(partial));
                ZipOutputStream zip = new ZipOutputStream(file)) {
            for (final Map.Entry<String, byte[]> one : ordered.entrySet()) {
                zip.putNextEntry(stored(one.getKey(), one.getValue()));
                zip.write(one.getValue());
                zip.closeEntry();
            }
        }
        Files.move(partial, jar, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static ZipEntry stored(final String name, final byte[] content) {
        final CRC32 sum = new CRC32();
        sum.update(content);
        final ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCompressedSize(content.length);
        entry.setCrc(sum.getValue());
        entry.setTime(TIME);
        return entry;
    }
}
