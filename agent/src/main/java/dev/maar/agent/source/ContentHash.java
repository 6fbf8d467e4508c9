package dev.maar.agent.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A SHA-256 over named parts, or over a file. Each part is written with its length, so no two lists of parts run into one. Not thread-safe. */
public final class ContentHash {

    private final MessageDigest digest;

    /** Of nothing yet. */
    public ContentHash() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * The hash of a file's bytes.
     *
     * @param file the file
     * @return 64 lower-case hexadecimal digits
     * @throws IOException when it can not be read
     */
    public static String ofFile(final Path file) throws IOException {
        final ContentHash hash = new ContentHash();
        hash.digestOf(file);
        return hash.hex();
    }

    /**
     * The hash of a text.
     *
     * @param text the text
     * @return 64 lower-case hexadecimal digits
     */
    public static String ofText(final String text) {
        return new ContentHash().with("text", text).hex();
    }

    /**
     * Adds a part.
     *
     * @param name what it is
     * @param value its value; a collection by its string form
     * @return this
     */
    public ContentHash with(final String name, final Object value) {
        final byte[] bytes = value.toString().getBytes(StandardCharsets.UTF_8);
        digest.update((name + "\0" + bytes.length + "\0").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
        return this;
    }

    /**
     * Adds a file's bytes.
     *
     * @param name what it is
     * @param file the file
     * @return this
     * @throws IOException when it can not be read
     */
    public ContentHash withFile(final String name, final Path file) throws IOException {
        digest.update((name + "\0" + Files.size(file) + "\0").getBytes(StandardCharsets.UTF_8));
        digestOf(file);
        return this;
    }

    /**
     * The hash of all that was added. The object can not be used after it.
     *
     * @return 64 lower-case hexadecimal digits
     */
    public String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }

    private void digestOf(final Path file) throws IOException {
        try (InputStream content = new DigestInputStream(Files.newInputStream(file), digest)) {
            content.transferTo(OutputStream.nullOutputStream());
        }
    }
}
