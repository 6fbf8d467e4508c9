package dev.maar.transport;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What went wrong, the first few of it. Thread-safe. */
final class SoakTrouble {

    private static final int ENOUGH = 10;

    private final List<String> all = new CopyOnWriteArrayList<>();

    void add(final String what) {
        if (all.size() < ENOUGH) {
            all.add(what);
        }
    }

    void add(final Throwable thrown) {
        add(thrown.toString());
    }

    boolean isThere() {
        return !all.isEmpty();
    }

    List<String> all() {
        return all;
    }
}
