package dev.maar.adopters.rooms;

import dev.maar.transport.PublisherOptions;
import dev.maar.transport.Topic;
import dev.maar.transport.Transport;
import dev.maar.transport.TransportContext;
import dev.maar.transport.TransportRuntime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rooms with people in them, in a runtime of its own. Nobody hears anything unless {@link #listen} is called. For one
 * thread.
 */
public final class House implements AutoCloseable {

    private final TransportRuntime runtime;
    private final PublisherOptions options;
    private final Ear ear;
    private final int window;
    private final List<Room> rooms = new ArrayList<>();
    private final Map<Integer, Person> people = new HashMap<>();
    private final Set<Transport> carriers = EnumSet.noneOf(Transport.class);
    private final Map<Integer, Long> saidBy = new HashMap<>();

    /** A topic, and who is there, in the order in which they came. */
    private record Room(Topic<Utterance> topic, List<Person> present) {}

    /**
     * A house with empty rooms.
     *
     * @param options how people publish
     * @param rooms how many rooms there are
     * @param ear told what is heard
     */
    public House(final PublisherOptions options, final int rooms, final Ear ear) {
        final TransportContext context = new TransportContext();
        this.window = context.maxInFlight();
        this.options = options;
        this.ear = ear;
        this.runtime = TransportRuntime.launch(context);
        for (int i = 0; i < rooms; i++) {
            this.rooms.add(new Room(Topic.of("rooms/" + i, new UtteranceCodec()), new ArrayList<>()));
        }
    }

    /**
     * Somebody comes into a room, leaving the one where they are. What they have not listened to there they never hear; what they
     * said there is still heard.
     *
     * @param person who comes
     * @param room where to
     */
    public void join(final int person, final int room) {
        leave(person);
        final Room to = rooms.get(room);
        final Person joined = new Person(runtime, options, to.topic(), room, person, ear, carriers);
        people.put(person, joined);
        to.present().add(joined);
    }

    /**
     * Somebody leaves the room where they are; does nothing when they are in none.
     *
     * @param person who leaves
     */
    public void leave(final int person) {
        final Person leaving = people.remove(person);
        if (leaving != null) {
            rooms.get(leaving.room()).present().remove(leaving);
            leaving.close();
        }
    }

    /**
     * Somebody says something to the room where they are. At most {@link #window} utterances may be on their way to somebody.
     *
     * @param person who speaks
     * @param sound what is said
     * @return how many others are there to hear it
     * @throws IllegalStateException when they are in no room
     */
    public int say(final int person, final long sound) {
        final Person speaking = people.get(person);
        if (speaking == null) {
            throw new IllegalStateException("person " + person + " is in no room");
        }
        speaking.say(new Utterance(person, saidBy.merge(person, 1L, Long::sum) - 1, sound));
        final List<Person> present = rooms.get(speaking.room()).present();
        for (int i = 0; i < present.size(); i++) {
            present.get(i).owed();
        }
        return present.size() - 1;
    }

    /**
     * Everybody in a room takes in what has come.
     *
     * @param room the room
     * @return whether all of them have heard all that was said there since they came
     */
    public boolean listen(final int room) {
        final List<Person> present = rooms.get(room).present();
        boolean all = true;
        for (int i = 0; i < present.size(); i++) {
            present.get(i).listen(window);
            all &= present.get(i).hasHeardAll();
        }
        return all;
    }

    /**
     * How much one person may say before others have to listen.
     *
     * @return the number of utterances
     */
    public int window() {
        return window;
    }

    /**
     * The room where somebody is.
     *
     * @param person who
     * @return the room; -1 for none
     */
    public int whereIs(final int person) {
        final Person known = people.get(person);
        return known == null ? -1 : known.room();
    }

    /**
     * What has carried utterances so far.
     *
     * @return the transports; empty before the first utterance is heard
     */
    public Set<Transport> carriers() {
        return EnumSet.copyOf(carriers);
    }

    /** Sends everybody home. */
    @Override
    public void close() {
        people.values().forEach(Person::close);
        runtime.close();
    }
}
