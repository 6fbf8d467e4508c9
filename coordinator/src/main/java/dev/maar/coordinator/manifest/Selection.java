package dev.maar.coordinator.manifest;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which adopters take part: the value of {@code --adopters}. */
public sealed interface Selection {

    /** Every adopter. */
    record All() implements Selection {}

    /**
     * The adopters named.
     *
     * @param names their names
     */
    record Named(List<String> names) implements Selection {
        /** Copies the list. */
        public Named {
            names = List.copyOf(names);
        }
    }

    /**
     * The adopters with a label.
     *
     * @param label the label
     */
    record Labelled(String label) implements Selection {}

    /**
     * Some adopters, drawn by the seed; all of them when there are no more. One more adopter in the set changes the draw by at
     * most one.
     *
     * @param count how many
     */
    record Drawn(int count) implements Selection {}

    /**
     * The adopters that found most in earlier experiments.
     *
     * @param count how many at most
     */
    record Top(int count) implements Selection {}

    /**
     * The adopters named in a file, one a line; empty lines and lines that begin with # are skipped.
     *
     * @param file the file
     */
    record Listed(Path file) implements Selection {}

    /**
     * The adopters that an experiment did not find in order.
     *
     * @param experiment the experiment's id
     */
    record Failed(String experiment) implements Selection {}

    /**
     * Reads a selection.
     *
     * @param text {@code all|NAME,NAME|label:L|random:N|top:N|file:F|failed:EXPERIMENT}
     * @return the selection
     * @throws SelectionException when it is none of these
     */
    static Selection parse(final String text) throws SelectionException {
        final String selection = text.strip();
        if (selection.equals("all")) {
            return new All();
        }
        final int colon = selection.indexOf(':');
        if (colon < 0) {
            return new Named(SelectionRules.names(selection));
        }
        final String argument = selection.substring(colon + 1).strip();
        final String kind = selection.substring(0, colon);
        if (argument.isEmpty()) {
            throw new SelectionException("'" + selection + "' says nothing after the colon; " + SelectionRules.FORMS);
        }
        return switch (kind) {
            case "label" -> new Labelled(argument);
            case "random" -> new Drawn(SelectionRules.count(selection, argument));
            case "top" -> new Top(SelectionRules.count(selection, argument));
            case "file" -> new Listed(SelectionRules.path(selection, argument));
            case "failed" -> new Failed(argument);
            default -> throw new SelectionException("unknown selection '" + kind + ":'; " + SelectionRules.FORMS);
        };
    }

    /**
     * Selects adopters.
     *
     * @param adopters those there are
     * @param seed what a random selection is drawn from
     * @param history what earlier experiments found
     * @return the adopters selected, by name; never empty
     * @throws SelectionException when a name is unknown, nothing is selected, or history is asked for and there is none
     */
    default List<AdopterManifest> select(
            final Collection<AdopterManifest> adopters, final long seed, final SelectionHistory history)
            throws SelectionException {
        final Map<String, AdopterManifest> byName = new TreeMap<>();
        adopters.forEach(adopter -> byName.put(adopter.name(), adopter));
        final List<AdopterManifest> selected = SelectionRules.select(this, byName, seed, history);
        if (selected.isEmpty()) {
            throw new SelectionException(SelectionRules.nothing(this, byName));
        }
        return selected;
    }
}
