package dev.maar.agent.sandbox;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a program may see, change and use. All paths are absolute, and the folders exist.
 *
 * @param writable folders that it may change: its work place
 * @param scratch folders for temporary files; in a sandbox each is an empty one of its own, in memory, and goes with it
 * @param visible files and folders that it may read even where the user's own files are hidden from it
 * @param network whether it may reach the network; it always has a loopback interface
 * @param limits how much it may use
 */
public record Place(List<Path> writable, List<Path> scratch, List<Path> visible, boolean network, Limits limits) {

    /** Copies the lists. */
    public Place {
        writable = List.copyOf(writable);
        scratch = List.copyOf(scratch);
        visible = List.copyOf(visible);
    }

    /**
     * A place to work in, without network.
     *
     * @param writable the folders to work in
     * @param limits how much may be used
     * @return the place
     */
    public static Place toWork(final List<Path> writable, final Limits limits) {
        return new Place(writable, List.of(), List.of(), false, limits);
    }

    /**
     * The same place with more to see.
     *
     * @param more files and folders
     * @return the place
     */
    public Place seeing(final List<Path> more) {
        final List<Path> all = new ArrayList<>(visible);
        all.addAll(more);
        return new Place(writable, scratch, all, network, limits);
    }

    /**
     * The same place with more to change, and the network: for fetching what a build needs.
     *
     * @param more folders
     * @return the place
     */
    public Place fetchingInto(final Path more) {
        final List<Path> all = new ArrayList<>(writable);
        all.add(more);
        return new Place(all, scratch, visible, true, limits);
    }
}
