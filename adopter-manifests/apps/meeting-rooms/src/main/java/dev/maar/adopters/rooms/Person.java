package dev.maar.adopters.rooms;

import dev.maar.transport.Delivery;
import dev.maar.transport.PolledSubscriber;
import dev.maar.transport.Publisher;
import dev.maar.transport.PublisherOptions;
import dev.maar.transport.Topic;
import dev.maar.transport.Transport;
import dev.maar.transport.TransportRuntime;
import java.util.Set;

/** Somebody in a room, from joining it to leaving it. For one thread. */
final class Person implements AutoCloseable {

    private final int id;
    private final int room;
    private final Ear ear;
    private final Set<Transport> carriers;
    private final PolledSubscriber<Utterance> subscriber;
    private final Publisher<Utterance> publisher;
    private long said;
    private long heard;

    /** Joins a room: when this returns, all who are there hear this person and are heard. */
    Person(
            final TransportRuntime runtime,
            final PublisherOptions options,
            final Topic<Utterance> topic,
            final int room,
            final int id,
            final Ear ear,
            final Set<Transport> carriers) {
        this.id = id;
        this.room = room;
        this.ear = ear;
        this.carriers = carriers;
        this.subscriber = runtime.poll(topic, this::hear);
        this.publisher = runtime.publisher(topic, options);
    }

    private void hear(final Utterance utterance, final Delivery delivery) {
        carriers.add(delivery.transport());
        heard++;
        if (utterance.person() != id) {
            ear.hear(id, room, utterance);
        }
    }

    int room() {
        return room;
    }

    void say(final Utterance utterance) {
        publisher.publish(utterance);
    }

    /** Takes in what was said. */
    void listen(final int limit) {
        subscriber.poll(limit);
    }

    /** Something was said in the room, by this person or another one. */
    void owed() {
        said++;
    }

    /** Whether this person has heard all that was said in the room since it came. */
    boolean hasHeardAll() {
        return heard >= said;
    }

    /** Leaves. */
    @Override
    public void close() {
        publisher.close();
        subscriber.close();
    }
}
