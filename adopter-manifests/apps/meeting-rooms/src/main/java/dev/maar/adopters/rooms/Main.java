package dev.maar.adopters.rooms;

import dev.maar.transport.PublisherOptions;
import java.io.PrintStream;
import java.util.List;

/** Shows a house at work: Ada stays in the kitchen, Ben goes from there to the hall while both talk. */
public final class Main {

    private static final List<String> NAMES = List.of("Ada", "Ben", "Cleo");
    private static final List<String> ROOMS = List.of("kitchen", "hall");

    private Main() {}

    /**
     * Talks and prints.
     *
     * @param arguments none
     */
    public static void main(final String[] arguments) {
        run(System.out);
    }

    static void run(final PrintStream out) {
        try (House house = new House(
                PublisherOptions.defaults(),
                ROOMS.size(),
                (listener, room, utterance) -> out.printf(
                        "%s in the %s hears %s: %d%n",
                        NAMES.get(listener), ROOMS.get(room), NAMES.get(utterance.person()), utterance.sound()))) {
            house.join(0, 0);
            house.join(1, 0);
            house.join(2, 1);
            house.say(0, 1);
            house.say(1, 2);
            house.listen(0);
            house.join(1, 1);
            house.say(0, 3);
            house.say(1, 4);
            house.listen(0);
            house.listen(1);
            house.leave(2);
            out.printf("Ben talks to %d others, Cleo is in room %d%n", house.say(1, 5), house.whereIs(2));
        }
    }
}
