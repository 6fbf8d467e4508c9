package dev.maar.adopters.rooms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.maar.jig.Stall;
import dev.maar.transport.PublisherOptions;
import dev.maar.transport.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HouseTest {

    private static final int ROOMS = 2;
    private static final Stall PATIENCE = new Stall(Duration.ofSeconds(10).toNanos());

    private record Heard(int listener, int room, Utterance utterance) {}

    private final List<Heard> heard = new ArrayList<>();

    @ParameterizedTest
    @EnumSource(names = {"LOCAL", "SHM"})
    void whoComesHearsWhatIsSaidFromThenOnAndWhoLeavesNothingMore(final Transport transport) {
        try (House house = house(transport)) {
            house.join(0, 0);
            house.join(1, 0);
            assertThat(house.say(0, 10)).isEqualTo(1);
            house.join(2, 0);
            assertThat(house.say(0, 11)).isEqualTo(2);
            listen(house);
            house.leave(1);
            assertThat(house.say(0, 12)).isEqualTo(1);
            listen(house);

            assertThat(of(1)).containsExactly(new Utterance(0, 0, 10), new Utterance(0, 1, 11));
            assertThat(of(2)).containsExactly(new Utterance(0, 1, 11), new Utterance(0, 2, 12));
            assertThat(of(0)).isEmpty();
            assertThat(house.whereIs(1)).isEqualTo(-1);
            assertThat(house.carriers()).containsExactly(transport);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LOCAL", "SHM"})
    void whatSomebodySaidIsHeardAlthoughTheyLeft(final Transport transport) {
        try (House house = house(transport)) {
            house.join(0, 0);
            house.join(1, 0);
            house.say(0, 10);
            house.join(0, 1);
            listen(house);

            assertThat(heard).containsExactly(new Heard(1, 0, new Utterance(0, 0, 10)));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LOCAL", "SHM"})
    void whoeverMovesWhileAllTalkEverybodyHearsExactlyWhatIsSaidWhereTheyAre(final Transport transport) {
        final int people = 4;
        final Random random = new Random(5);
        final List<Heard> expected = new ArrayList<>();
        final long[] numbers = new long[people];
        try (House house = house(transport)) {
            for (int person = 0; person < people; person++) {
                house.join(person, person % ROOMS);
            }
            for (int i = 0; i < 200; i++) {
                final int speaker = random.nextInt(people);
                final int room = house.whereIs(speaker);
                house.say(speaker, i);
                for (int other = 0; other < people; other++) {
                    if (other != speaker && house.whereIs(other) == room) {
                        expected.add(new Heard(other, room, new Utterance(speaker, numbers[speaker], i)));
                    }
                }
                numbers[speaker]++;
                if (i % 10 == 9) {
                    listen(house);
                    final int mover = random.nextInt(people);
                    house.join(mover, ROOMS - 1 - house.whereIs(mover));
                }
            }
            listen(house);
        }

        assertThat(heard).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void whoIsInNoRoomCanNotTalkAndLeavingNowhereIsNothing() {
        try (House house = house(Transport.LOCAL)) {
            house.leave(7);

            assertThatThrownBy(() -> house.say(7, 1))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("7");
            assertThat(house.listen(0)).isTrue();
        }
    }

    private List<Utterance> of(final int listener) {
        return heard.stream()
                .filter(one -> one.listener() == listener)
                .map(Heard::utterance)
                .toList();
    }

    private House house(final Transport transport) {
        return new House(
                PublisherOptions.defaults().allowLocal(transport == Transport.LOCAL),
                ROOMS,
                (listener, room, utterance) -> heard.add(new Heard(listener, room, utterance)));
    }

    private static void listen(final House house) {
        for (int room = 0; room < ROOMS; room++) {
            final int number = room;
            assertThat(PATIENCE.await(() -> house.listen(number) ? 1 : 0, 1)).isTrue();
        }
    }
}
