package dev.maar.agent.build;

import java.io.IOException;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Looks into jars. */
final class Jars {

    private Jars() {}

    /** The first class file by name that a class loader would find under that name; empty when there is none. */
    static String firstClass(final Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.endsWith(".class") && !name.startsWith("META-INF/"))
                    .filter(name -> !name.endsWith("module-info.class") && !name.endsWith("package-info.class"))
                    .sorted()
                    .findFirst()
                    .orElse("");
        }
    }
}
