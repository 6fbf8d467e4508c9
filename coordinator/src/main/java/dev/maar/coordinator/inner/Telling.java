package dev.maar.coordinator.inner;

/** Told what happens in the inner loop. Called from one thread at a time; must be quick. */
@FunctionalInterface
public interface Telling {

    /**
     * Something happened.
     *
     * @param event what
     */
    void tell(LoopEvent event);

    /**
     * Tells this one first, then another.
     *
     * @param other the other
     * @return both
     */
    default Telling and(final Telling other) {
        return event -> {
            tell(event);
            other.tell(event);
        };
    }
}
