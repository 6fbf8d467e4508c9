package dev.maar.coordinator.manifest;

import dev.maar.agent.job.AdopterRecipe;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads one set of manifests, and checks each and how they fit together. Used once; not thread-safe. */
final class ManifestLoader {

    private static final List<String> SUB_FOLDERS = List.of("subjects", "adopters");
    private static final long LARGEST_FILE = 1L << 20;

    private final List<ManifestProblem> problems = new ArrayList<>();
    private final SortedMap<String, SubjectManifest> subjects = new TreeMap<>();
    private final SortedMap<String, AdopterManifest> adopters = new TreeMap<>();
    private final SortedMap<String, Fields> adopterFields = new TreeMap<>();
    private final List<Problems> read = new ArrayList<>();

    Manifests load(final List<Path> places) throws ManifestException {
        final Set<Path> seen = new HashSet<>();
        for (final Path place : places) {
            for (final Path file : filesOf(place)) {
                if (seen.add(file.toAbsolutePath().normalize())) {
                    read(file);
                }
            }
        }
        adopters.values().forEach(this::checkAgainstSubject);
        read.forEach(file -> problems.addAll(file.inOrder()));
        if (!problems.isEmpty()) {
            throw new ManifestException(problems);
        }
        return new Manifests(subjects, adopters);
    }

    private List<Path> filesOf(final Path place) {
        if (Files.isRegularFile(place)) {
            return List.of(place);
        }
        if (!Files.isDirectory(place)) {
            problems.add(new ManifestProblem(place, 0, "there is no such folder; pass --manifests DIR"));
            return List.of();
        }
        final List<Path> files = new ArrayList<>(yamlIn(place));
        for (final String name : SUB_FOLDERS) {
            final Path folder = place.resolve(name);
            if (Files.isDirectory(folder)) {
                files.addAll(yamlIn(folder));
            }
        }
        if (files.isEmpty()) {
            problems.add(new ManifestProblem(
                    place, 0, "no manifests are here; write one with 'maar manifest new' or pass --manifests DIR"));
        }
        return files;
    }

    private List<Path> yamlIn(final Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isRegularFile)
                    .filter(ManifestLoader::isManifest)
                    .sorted(Comparator.comparing(file -> file.getFileName().toString()))
                    .toList();
        } catch (final IOException e) {
            problems.add(new ManifestProblem(folder, 0, "the folder can't be read: " + e.getMessage()));
            return List.of();
        }
    }

    private static boolean isManifest(final Path file) {
        final String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return !name.startsWith(".") && (name.endsWith(".yaml") || name.endsWith(".yml"));
    }

    private void read(final Path file) {
        final Problems found = new Problems(file);
        final Optional<YamlNode.Mapping> top = text(file, found).flatMap(text -> YamlReader.read(text, found));
        if (top.isEmpty()) {
            problems.addAll(found.inOrder());
            return;
        }
        final Fields fields = new Fields(top.get(), found);
        read.add(found);
        switch (fields.text("kind", TextRule.KIND)) {
            case "subject" -> {
                final SubjectManifest subject = SubjectReader.read(file, fields);
                fields.finish();
                if (isNew(fields, subject, subjects.get(subject.name()))) {
                    subjects.put(subject.name(), subject);
                }
            }
            case "adopter" -> {
                final AdopterManifest adopter = AdopterReader.read(file, fields);
                fields.finish();
                if (isNew(fields, adopter, adopters.get(adopter.name()))) {
                    adopters.put(adopter.name(), adopter);
                    adopterFields.put(adopter.name(), fields);
                }
            }
            default -> {
                // The kind is missing or wrong, which is reported; what the other keys should be is not known.
            }
        }
    }

    private static boolean isNew(final Fields fields, final Manifest manifest, final @Nullable Manifest before) {
        if (manifest.name().isEmpty()) {
            return false;
        }
        if (before != null) {
            fields.problems()
                    .add(
                            fields.line("name"),
                            "the name '" + manifest.name() + "' is taken by " + before.file() + "; rename one of them");
        }
        return before == null;
    }

    private void checkAgainstSubject(final AdopterManifest adopter) {
        final Fields fields = adopterFields.get(adopter.name());
        if (fields == null || adopter.subject().isEmpty()) {
            return;
        }
        if (!subjects.containsKey(adopter.subject())) {
            fields.problems()
                    .add(
                            fields.line("subject"),
                            "unknown subject '" + adopter.subject() + "'; "
                                    + NearMatch.hint(adopter.subject(), subjects.keySet(), "there is"));
            return;
        }
        final SubjectManifest subject = subjects.get(adopter.subject());
        if (subject != null && adopter.build() instanceof AdopterRecipe.JavacBuild javac) {
            checkClasspath(fields, javac.classpath(), subject.artifact());
        }
    }

    private static void checkClasspath(final Fields fields, final Collection<String> classpath, final String artifact) {
        final int line = fields.line("build");
        for (final String entry : classpath) {
            final boolean versioned =
                    entry.chars().filter(character -> character == ':').count() == 2;
            if (!entry.isEmpty() && !versioned && !entry.equals(artifact)) {
                fields.problems()
                        .add(
                                line,
                                "'" + entry + "' has no version; only the subject's artifact"
                                        + (artifact.isEmpty() ? "" : ", " + artifact + ",") + " comes without one");
            }
            if (versioned && !artifact.isEmpty() && entry.startsWith(artifact + ":")) {
                fields.problems()
                        .add(
                                line,
                                "'" + entry + "' has a version; write '" + artifact + "', the side gives the version");
            }
        }
    }

    private static Optional<String> text(final Path file, final Problems found) {
        try {
            if (Files.size(file) > LARGEST_FILE) {
                found.add(0, "larger than 1 MiB; a manifest is a page or two");
                return Optional.empty();
            }
            return Optional.of(Files.readString(file, StandardCharsets.UTF_8));
        } catch (final CharacterCodingException e) {
            found.add(0, "is not UTF-8; save it as UTF-8");
            return Optional.empty();
        } catch (final IOException e) {
            found.add(0, "can't be read: " + e.getMessage());
            return Optional.empty();
        }
    }
}
