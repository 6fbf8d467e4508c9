package dev.maar.coordinator.dispatch;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/** The jobs that nobody has, by id: those that were taken back first, then the others as they came. For one thread. */
final class OpenJobs {

    private final Set<String> again = new LinkedHashSet<>();
    private final Set<String> fresh = new LinkedHashSet<>();

    /** A job that has not been handed out yet. */
    void add(final String job) {
        if (!again.contains(job)) {
            fresh.add(job);
        }
    }

    /** A job that was handed out and is to be again; others may wait for it, so it goes first. */
    void takenBack(final String job) {
        fresh.remove(job);
        again.add(job);
    }

    void remove(final String job) {
        again.remove(job);
        fresh.remove(job);
    }

    boolean isEmpty() {
        return again.isEmpty() && fresh.isEmpty();
    }

    /** The next one, which stays. */
    String first() {
        final Iterator<String> next = (again.isEmpty() ? fresh : again).iterator();
        return next.next();
    }
}
