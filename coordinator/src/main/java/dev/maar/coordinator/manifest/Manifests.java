package dev.maar.coordinator.manifest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A set of manifests without mistakes. Immutable.
 *
 * @param subjects the subjects by name
 * @param adopters the adopters by name
 */
public record Manifests(SortedMap<String, SubjectManifest> subjects, SortedMap<String, AdopterManifest> adopters) {

    /** Copies the maps. */
    public Manifests {
        subjects = Collections.unmodifiableSortedMap(new TreeMap<>(subjects));
        adopters = Collections.unmodifiableSortedMap(new TreeMap<>(adopters));
    }

    /**
     * Reads the manifests of some folders: the {@code *.yaml} and {@code *.yml} files in each and in its {@code subjects} and
     * {@code adopters}. Other sub-folders, such as {@code apps}, and hidden files are not looked at.
     *
     * @param places the folders; a single manifest file may be given too
     * @return the manifests
     * @throws ManifestException when anything is wrong in any of them; it carries every problem found
     */
    public static Manifests load(final List<Path> places) throws ManifestException {
        return new ManifestLoader().load(places);
    }

    /**
     * A subject by name.
     *
     * @param name the name
     * @return the subject
     * @throws SelectionException when there is none; the message names near matches
     */
    public SubjectManifest subject(final String name) throws SelectionException {
        final SubjectManifest subject = subjects.get(name);
        if (subject == null) {
            throw new SelectionException(
                    "unknown subject '" + name + "'; " + NearMatch.hint(name, subjects.keySet(), "there is"));
        }
        return subject;
    }

    /**
     * The adopters of a subject.
     *
     * @param subject the subject's name
     * @return its adopters, by name
     */
    public List<AdopterManifest> adoptersOf(final String subject) {
        final Collection<AdopterManifest> all = adopters.values();
        final List<AdopterManifest> some = new ArrayList<>();
        for (final AdopterManifest adopter : all) {
            if (adopter.subject().equals(subject)) {
                some.add(adopter);
            }
        }
        return List.copyOf(some);
    }
}
