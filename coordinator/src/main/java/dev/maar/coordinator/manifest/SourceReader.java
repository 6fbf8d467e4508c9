package dev.maar.coordinator.manifest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads where a source is, and keeps it inside what its manifest may touch. */
final class SourceReader {

    private static final Source NOWHERE = new Source.Published();

    private final Path folder;

    /**
     * Creates a reader.
     *
     * @param manifest the manifest file; paths are relative to its folder
     */
    SourceReader(final Path manifest) {
        final Path parent = manifest.toAbsolutePath().normalize().getParent();
        this.folder = parent == null ? manifest.toAbsolutePath() : parent;
    }

    /** An adopter's: a folder below the manifest's, or a pinned git repository. */
    Source adopter(final Fields fields) {
        return fields.mapping("source", "{path: apps/telemetry-hub}", this::adopterSource)
                .orElse(NOWHERE);
    }

    /** A subject's: a folder of the checkout that the manifest is in, a git repository, or nothing. */
    Source subject(final Fields fields) {
        return fields.optionalMapping("source", "{path: ..}", this::subjectSource)
                .orElse(NOWHERE);
    }

    /** A jig's, when it lives outside its adopter's source: a folder below the manifest's. */
    Optional<Path> jig(final Fields fields) {
        if (fields.optional("sources").isEmpty()) {
            return Optional.empty();
        }
        final Source source = folder(
                fields,
                "sources",
                folder,
                "leaves the manifest's folder; the sources of a jig stay below it, or in the adopter's own source");
        return source instanceof final Source.Folder found ? Optional.of(found.path()) : Optional.empty();
    }

    private Source adopterSource(final Fields fields) {
        final Optional<String> choice = fields.oneOf(List.of("path", "git"), "'source'");
        if (choice.filter("git"::equals).isPresent()) {
            return new Source.Git(fields.text("git", TextRule.GIT_URL), fields.text("ref", TextRule.GIT_REF));
        }
        if (choice.isEmpty()) {
            fields.optional("ref");
            return NOWHERE;
        }
        return folder(
                fields,
                "path",
                folder,
                "leaves the manifest's folder; an adopter's path stays below it, others need {git: URL, ref: SHA}");
    }

    private Source subjectSource(final Fields fields) {
        final Optional<String> choice = fields.oneOf(List.of("path", "git"), "'source'");
        if (choice.filter("git"::equals).isPresent()) {
            return new Source.Git(fields.text("git", TextRule.GIT_URL), "");
        }
        if (choice.isEmpty()) {
            return NOWHERE;
        }
        final Optional<Path> checkout = checkout();
        if (checkout.isEmpty()) {
            fields.text("path", TextRule.PATH);
            fields.problems()
                    .add(
                            fields.line("path"),
                            "'path' needs the manifest to be inside a git checkout, and " + folder.getFileName()
                                    + " is in none; write {git: URL} or run 'git init' there");
            return NOWHERE;
        }
        return folder(
                fields,
                "path",
                checkout.get(),
                "leaves the git checkout that the manifest is in; write {git: URL} for others");
    }

    private Source folder(final Fields fields, final String key, final Path limit, final String escape) {
        final String text = fields.text(key, TextRule.PATH);
        if (text.isEmpty()) {
            return NOWHERE;
        }
        final int line = fields.line(key);
        final Path path = folder.resolve(text).normalize();
        if (Path.of(text).isAbsolute() || !path.startsWith(limit)) {
            fields.problems().add(line, key + " '" + Shown.text(text) + "' " + escape);
            return NOWHERE;
        }
        if (!Files.isDirectory(path)) {
            fields.problems()
                    .add(
                            line,
                            "there is no folder '" + Shown.text(text) + "' here; paths are relative to the manifest");
            return NOWHERE;
        }
        try {
            if (path.toRealPath().startsWith(limit.toRealPath())) {
                return new Source.Folder(path);
            }
            fields.problems().add(line, key + " '" + Shown.text(text) + "' is a link that " + escape);
        } catch (final IOException e) {
            fields.problems().add(line, key + " '" + Shown.text(text) + "' can't be followed: " + e.getMessage());
        }
        return NOWHERE;
    }

    private Optional<Path> checkout() {
        for (Path at = folder; at != null; at = at.getParent()) {
            if (Files.exists(at.resolve(".git"), LinkOption.NOFOLLOW_LINKS)) {
                return Optional.of(at);
            }
        }
        return Optional.empty();
    }
}
