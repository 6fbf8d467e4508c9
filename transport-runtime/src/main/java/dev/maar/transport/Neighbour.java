package dev.maar.transport;

import dev.maar.transport.aeron.LogReader;
import dev.maar.transport.mesh.Carrier;
import dev.maar.transport.mesh.Message;
import dev.maar.transport.mesh.Peer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Another runtime, its subscribers, and the routes to and from it. Guarded by the registry's lock. */
final class Neighbour {

    /** A subscriber of the other runtime. */
    record Wish(long number, String topic, boolean isLeaky) {}

    /** A way from a publisher of this runtime to a subscriber of the other one; offered, and then perhaps joined. */
    record Outbound(
            long number,
            TopicPublisher<?> publisher,
            LogRoute route,
            Wish wish,
            Optional<Guest> guest,
            boolean isJoined) {

        Outbound accepted(final Guest by, final boolean joined) {
            return new Outbound(number, publisher, route, wish, Optional.of(by), joined);
        }

        Outbound joined() {
            return new Outbound(number, publisher, route, wish, guest, true);
        }
    }

    /** A way from a publisher of the other runtime to a subscription of this one. */
    record Inbound(long number, Carrier carrier, Subscription<?> subscription, LogReader reader) {

        /** No more will be written: it ends with what is in the log now. */
        void end() {
            reader.orphan();
            subscription.publisherLeft();
        }
    }

    private final Peer peer;
    private final Map<Long, Wish> wishes = new HashMap<>();
    private final Map<Long, Outbound> outbounds = new HashMap<>();
    private final Map<Long, Inbound> inbounds = new HashMap<>();
    private Optional<Message.Attached> attached = Optional.empty();

    Neighbour(final Peer peer) {
        this.peer = peer;
    }

    Peer peer() {
        return peer;
    }

    /** Which media driver it uses; empty when it has not said. */
    Optional<Message.Attached> attached() {
        return attached;
    }

    void attached(final Message.Attached to) {
        attached = Optional.of(to);
    }

    /** Whether it uses that driver. */
    boolean shares(final Message.Attached other) {
        return attached.filter(own -> own.startedAt() == other.startedAt()).isPresent();
    }

    /** What a publisher waits for when the subscriber behind a wish is to come over to a new log. */
    Object key(final Wish wish) {
        return List.of(peer.id(), wish.number());
    }

    void tell(final Message message) {
        peer.send(message);
    }

    /** Live views, each by its number. */
    Map<Long, Wish> wishes() {
        return wishes;
    }

    Map<Long, Outbound> outbounds() {
        return outbounds;
    }

    Map<Long, Inbound> inbounds() {
        return inbounds;
    }

    List<Outbound> outbounds(final TopicPublisher<?> publisher) {
        return outbounds.values().stream()
                .filter(each -> each.publisher() == publisher)
                .toList();
    }

    /** Forgets a way out; its log does not wait for that subscriber any more. */
    void dismiss(final Outbound outbound) {
        outbound.publisher().settled(key(outbound.wish()));
        if (outbounds.remove(outbound.number()) != null) {
            outbound.guest().ifPresent(outbound.route()::dismiss);
        }
    }

    void dismissAll(final long subscriber) {
        for (final Outbound each : new ArrayList<>(outbounds.values())) {
            if (each.wish().number() == subscriber) {
                dismiss(each);
            }
        }
    }
}
