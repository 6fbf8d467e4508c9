package dev.maar.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Envelopes of the few objects that are handed out again and again, so that handing one out costs no allocation. For one
 * thread.
 *
 * @param <T> the type of the objects
 */
final class Envelopes<T> {

    private final int most;
    private final List<Optional<T>> envelopes;
    private int next;

    /** Remembers that many, and after that the newest. */
    Envelopes(final int most) {
        this.most = most;
        this.envelopes = new ArrayList<>(most);
    }

    Optional<T> of(final T content) {
        for (int i = 0; i < envelopes.size(); i++) {
            final Optional<T> known = envelopes.get(i);
            if (known.orElse(content) == content) {
                return known;
            }
        }
        final Optional<T> made = Optional.of(content);
        if (envelopes.size() < most) {
            envelopes.add(made);
        } else if (most > 0) {
            envelopes.set(next, made);
            next = (next + 1) % most;
        }
        return made;
    }
}
