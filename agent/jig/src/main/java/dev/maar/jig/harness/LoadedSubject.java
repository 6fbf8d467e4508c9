package dev.maar.jig.harness;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The artifact from which a class loader really takes the subject.
 *
 * @param sha256 the hash of the file; empty when the entry is not found or comes from a folder of classes
 * @param path where it is; empty when the entry is not found
 */
record LoadedSubject(String sha256, String path) {

    private static final String CLASS = ".class";
    private static final LoadedSubject NOT_FOUND = new LoadedSubject("", "");

    /**
     * Finds and hashes the artifact.
     *
     * @param loader the jig's class loader
     * @param entry an entry of the subject's jar, such as {@code dev/maar/transport/TransportRuntime.class}
     * @return what the loader takes the entry from
     * @throws IOException when the file can not be read
     */
    static LoadedSubject find(final ClassLoader loader, final String entry) throws IOException {
        final Optional<Path> file = entry.endsWith(CLASS) ? ofClass(loader, entry) : ofResource(loader, entry);
        if (file.isEmpty()) {
            return NOT_FOUND;
        }
        final Path path = file.get().toRealPath();
        return new LoadedSubject(Files.isRegularFile(path) ? sha256(path) : "", path.toString());
    }

    /** A class knows best where it came from: whatever the loader does, this is the file that was used. */
    private static Optional<Path> ofClass(final ClassLoader loader, final String entry) throws IOException {
        final String name = entry.substring(0, entry.length() - CLASS.length()).replace('/', '.');
        try {
            final CodeSource source =
                    Class.forName(name, false, loader).getProtectionDomain().getCodeSource();
            return source == null || source.getLocation() == null ? Optional.empty() : file(source.getLocation());
        } catch (final ClassNotFoundException | LinkageError e) {
            return Optional.empty();
        }
    }

    private static Optional<Path> ofResource(final ClassLoader loader, final String entry) throws IOException {
        final URL url = loader.getResource(entry);
        if (url == null) {
            return Optional.empty();
        }
        final String text = url.toString();
        final int inside = text.indexOf("!/");
        if (text.startsWith("jar:") && inside > 0) {
            return file(new URL(text.substring("jar:".length(), inside)));
        }
        return text.endsWith(entry) ? file(new URL(text.substring(0, text.length() - entry.length()))) : file(url);
    }

    private static Optional<Path> file(final URL url) throws IOException {
        if (!"file".equals(url.getProtocol())) {
            return Optional.empty();
        }
        try {
            return Optional.of(Path.of(url.toURI()));
        } catch (final URISyntaxException e) {
            throw new IOException("not a file: " + url, e);
        }
    }

    private static String sha256(final Path file) throws IOException {
        try {
            final MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
                in.transferTo(java.io.OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
