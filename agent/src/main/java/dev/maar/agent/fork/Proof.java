package dev.maar.agent.fork;

import dev.maar.agent.job.Attestation;
import dev.maar.agent.job.ForkFailure;
import dev.maar.agent.job.JigRecipe;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Collects what one fork attests, and holds it against what its side must be. For one thread.
 *
 * <p>A JVM jig's harness hashes the artifact that it loaded, so a hash is owed. A process jig may attest a hash as {@code subject},
 * or the file it loaded as {@code path}, which is hashed here; one that attests neither is taken at its word, and its attestation
 * says so by an empty hash. The transport is owed by every jig whose case names one.
 */
final class Proof {

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final String SUBJECT = "subject";
    private static final String PATH = "path";
    private static final String TRANSPORT = "transport";

    private final ForkSpec spec;
    private final Map<String, String> facts = new TreeMap<>();

    Proof(final ForkSpec spec) {
        this.spec = spec;
    }

    /** Takes further facts; a later one replaces an earlier one of the same name. */
    void add(final Map<String, String> further) {
        facts.putAll(further);
    }

    /** The hash of the artifact that the fork loaded; empty when it is not known. */
    String subjectSha256() {
        final String subject = facts.getOrDefault(SUBJECT, "");
        if (SHA256.matcher(subject).matches()) {
            return subject;
        }
        return spec.program() instanceof JigRecipe.ProcessJig
                        && !spec.expectedArtifactSha256().isEmpty()
                ? path().filter(Files::isRegularFile).map(Proof::sha256).orElse("")
                : "";
    }

    /** Where the fork says that it loaded the subject from, with all links followed. */
    Optional<Path> path() {
        final String path = facts.getOrDefault(PATH, "");
        try {
            return path.isEmpty()
                    ? Optional.empty()
                    : Optional.of(spec.workDirectory().resolve(path).toRealPath());
        } catch (final IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** What can be said before any operation has run. */
    void requireSubject() throws ForkFailedException {
        requirePlace();
        final String expected = spec.expectedArtifactSha256();
        if (expected.isEmpty()) {
            return;
        }
        final String loaded = subjectSha256();
        final boolean owed = spec.program() instanceof JigRecipe.JvmJig
                && !spec.subjectEntry().isEmpty();
        if (loaded.equals(expected) || loaded.isEmpty() && !owed) {
            return;
        }
        final String from = facts.getOrDefault(PATH, "");
        throw failure(
                loaded.isEmpty()
                        ? "the fork did not load the subject from a jar" + (from.isEmpty() ? "" : " but from " + from)
                                + "; looked for " + spec.subjectEntry()
                        : "the fork loaded " + (from.isEmpty() ? "an artifact" : from) + " with SHA-256 " + loaded
                                + ", its side's has " + expected);
    }

    /** A subject that is used as source is a folder: what a process jig says it loaded must lie in its side's. */
    private void requirePlace() throws ForkFailedException {
        final String folder = spec.environment().getOrDefault("MAAR_SUBJECT_DIR", "");
        final boolean artifact =
                !spec.environment().getOrDefault("MAAR_SUBJECT_JAR", "").isEmpty();
        final Optional<Path> loaded = path();
        if (folder.isEmpty() || artifact || loaded.isEmpty()) {
            return;
        }
        try {
            if (!loaded.get().startsWith(Path.of(folder).toRealPath())) {
                throw failure("the fork loaded " + loaded.get() + ", which is not in its side's source, " + folder);
            }
        } catch (final IOException e) {
            throw failure("the side's source, " + folder + ", is not there");
        }
    }

    /** What can be said once operations have run. */
    void requireTransport() throws ForkFailedException {
        final Optional<String> expected = spec.expectedTransport();
        final String used = facts.getOrDefault(TRANSPORT, "");
        if (expected.isPresent() && !expected.get().equals(used)) {
            throw failure(
                    used.isEmpty()
                            ? "the case is transport=" + expected.get()
                                    + " but the jig attests no transport; it must say which one carried the messages"
                            : "the case is transport=" + expected.get() + " but the messages went over "
                                    + Words.quoted(used));
        }
    }

    Attestation attestation(final long delivered, final String checksum) {
        return new Attestation(subjectSha256(), facts, delivered, checksum);
    }

    private ForkFailedException failure(final String reason) {
        return new ForkFailedException(spec.name(), ForkFailure.Kind.ATTESTATION, reason);
    }

    private static String sha256(final Path file) {
        try {
            final MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (final IOException e) {
            return "";
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
