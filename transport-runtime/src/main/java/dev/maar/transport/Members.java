package dev.maar.transport;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The publishers and subscriptions of one runtime. Guarded by the registry's lock. */
final class Members {

    private final List<TopicPublisher<?>> publishers = new ArrayList<>();
    private final List<Subscription<?>> subscriptions = new ArrayList<>();

    /** Those that are open or not yet quite closed; a live view, not to be changed. */
    List<TopicPublisher<?>> publishers() {
        return publishers;
    }

    /** Those that are open or not yet quite closed; a live view, not to be changed. */
    List<Subscription<?>> subscriptions() {
        return subscriptions;
    }

    void add(final TopicPublisher<?> publisher) {
        publishers.add(publisher);
    }

    void add(final Subscription<?> subscription) {
        subscriptions.add(subscription);
    }

    boolean remove(final TopicPublisher<?> publisher) {
        return publishers.remove(publisher);
    }

    boolean remove(final Subscription<?> subscription) {
        return subscriptions.remove(subscription);
    }

    /** The open subscription of a number, or null when there is none. */
    @Nullable
    Subscription<?> subscription(final long number) {
        return subscriptions.stream()
                .filter(each -> each.number() == number && !each.isClosed())
                .findFirst()
                .orElse(null);
    }
}
