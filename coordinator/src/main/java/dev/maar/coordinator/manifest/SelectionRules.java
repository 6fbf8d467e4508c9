package dev.maar.coordinator.manifest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** How each form of a {@link Selection} is read and applied. */
final class SelectionRules {

    /** The forms there are, as an error message ends with. */
    static final String FORMS = "write all, NAME,NAME, label:L, random:N, top:N, file:F or failed:EXPERIMENT";

    private SelectionRules() {}

    static List<String> names(final String list) throws SelectionException {
        final List<String> names = Stream.of(list.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
        if (names.isEmpty()) {
            throw new SelectionException("the selection is empty; " + FORMS);
        }
        return names;
    }

    static int count(final String selection, final String argument) throws SelectionException {
        try {
            final int count = Integer.parseInt(argument);
            if (count > 0) {
                return count;
            }
        } catch (final NumberFormatException e) {
            throw new SelectionException("'" + selection + "' needs a whole number above 0 after the colon");
        }
        throw new SelectionException("'" + selection + "' needs a whole number above 0 after the colon");
    }

    static Path path(final String selection, final String argument) throws SelectionException {
        try {
            return Path.of(argument);
        } catch (final InvalidPathException e) {
            throw new SelectionException("'" + selection + "' names no file: " + e.getReason());
        }
    }

    static List<AdopterManifest> select(
            final Selection selection,
            final Map<String, AdopterManifest> adopters,
            final long seed,
            final SelectionHistory history)
            throws SelectionException {
        if (selection instanceof Selection.Named named) {
            return known(named.names(), adopters, "");
        }
        if (selection instanceof Selection.Labelled labelled) {
            return adopters.values().stream()
                    .filter(adopter -> adopter.labels().contains(labelled.label()))
                    .toList();
        }
        if (selection instanceof Selection.Drawn drawn) {
            return draw(adopters.values(), drawn.count(), seed);
        }
        if (selection instanceof Selection.Listed listed) {
            return known(lines(listed.file()), adopters, listed.file() + ": ");
        }
        if (selection instanceof Selection.Top top) {
            return history.top(top.count()).stream()
                    .filter(adopters::containsKey)
                    .distinct()
                    .limit(top.count())
                    .sorted()
                    .map(adopters::get)
                    .toList();
        }
        if (selection instanceof Selection.Failed failed) {
            return known(
                    history.failed(failed.experiment()),
                    adopters,
                    "experiment " + failed.experiment() + " had an adopter that is not here: ");
        }
        return List.copyOf(adopters.values());
    }

    static String nothing(final Selection selection, final Map<String, AdopterManifest> adopters) {
        if (adopters.isEmpty()) {
            return "there are no adopters to select from; pass --manifests DIR, or write one with 'maar manifest new'";
        }
        if (selection instanceof Selection.Labelled labelled) {
            final SortedSet<String> labels = new TreeSet<>();
            adopters.values().forEach(adopter -> labels.addAll(adopter.labels()));
            return "no adopter has the label '" + labelled.label() + "'; "
                    + NearMatch.hint(labelled.label(), labels, "the labels are");
        }
        if (selection instanceof Selection.Listed listed) {
            return listed.file() + " names no adopter; write one name a line";
        }
        if (selection instanceof Selection.Failed failed) {
            return "experiment " + failed.experiment() + " has no adopter that failed; select others, or 'all'";
        }
        return "no adopter is selected; " + FORMS;
    }

    private static List<AdopterManifest> known(
            final Collection<String> names, final Map<String, AdopterManifest> adopters, final String where)
            throws SelectionException {
        final List<String> problems = new ArrayList<>();
        final SortedSet<String> found = new TreeSet<>();
        for (final String name : names) {
            if (adopters.containsKey(name)) {
                found.add(name);
            } else {
                problems.add(where + "unknown adopter '" + name + "'; "
                        + NearMatch.hint(name, adopters.keySet(), "there is"));
            }
        }
        if (!problems.isEmpty()) {
            throw new SelectionException(String.join("\n", problems));
        }
        return found.stream().map(adopters::get).toList();
    }

    private static List<String> lines(final Path file) throws SelectionException {
        try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
            return lines.map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (final IOException | java.io.UncheckedIOException e) {
            throw new SelectionException(
                    file + " can't be read (" + e.getMessage() + "); name a file with one adopter a line");
        }
    }

    /** Orders by SHA-256(seed, name), so that each adopter's place in the draw does not depend on the others. */
    private static List<AdopterManifest> draw(
            final Collection<AdopterManifest> adopters, final int count, final long seed) {
        return adopters.stream()
                .sorted(Comparator.<AdopterManifest, String>comparing(adopter -> rank(seed, adopter.name())))
                .limit(count)
                .sorted(Comparator.comparing(AdopterManifest::name))
                .toList();
    }

    private static String rank(final long seed, final String name) {
        try {
            final MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest((seed + "/" + name).getBytes(StandardCharsets.UTF_8)));
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
