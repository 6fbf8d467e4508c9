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
