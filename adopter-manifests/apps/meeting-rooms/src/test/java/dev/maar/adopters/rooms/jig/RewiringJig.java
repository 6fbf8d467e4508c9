package dev.maar.adopters.rooms.jig;

import dev.maar.adopters.rooms.House;
import dev.maar.adopters.rooms.Utterance;
import dev.maar.jig.Case;
import dev.maar.jig.Check;
import dev.maar.jig.Jig;
import dev.maar.jig.Stall;
import dev.maar.transport.PublisherOptions;
import dev.maar.transport.Transport;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * People talk in turn and all in their room listen, on the jig's own thread; after so many utterances somebody moves to another room. An
 * operation is one utterance, and its share of a move: a publisher and a subscriber less in one room, and one of each more
 * in another.
 *
 * <p>Settings: {@code transport} (local, shm), {@code people}, {@code moveEvery} (utterances from one move to the next).
 */
public final class RewiringJig implements Jig {

    private static final int ROOMS = 3;
    private static final int RECORDED_MOVES = 1 << 12;

    private final Stall stall = new Stall();
    private House house;
    private int people;
    private int moveEvery;
    private int[] movers;
    private int[] steps;
    private long[] hashes;
    private int speakersRoom;
    private LongSupplier listened;
    private long spoken;
    private long owed;
    private long heard;

    @Override
    public void setUp(final Case setting) {
        people = setting.getInt("people");
        moveEvery = setting.getInt("moveEvery");
        final Random random = new Random(setting.seed());
        movers = random.ints(RECORDED_MOVES, 0, people).toArray();
        steps = random.ints(RECORDED_MOVES, 1, ROOMS).toArray();
        hashes = new long[people];
        house = new House(options(setting.get("transport")), ROOMS, this::hear);
        for (int person = 0; person < people; person++) {
            house.join(person, person % ROOMS);
        }
        listened = () -> house.listen(speakersRoom) ? 1 : 0;
    }

    private static PublisherOptions options(final String transport) {
        return switch (transport) {
            case "local" -> PublisherOptions.defaults().allowLocal(true);
            case "shm" -> PublisherOptions.defaults().allowLocal(false);
            default -> throw new IllegalArgumentException("the rewiring jig knows local and shm, not " + transport);
        };
    }

    private void hear(final int listener, final int room, final Utterance utterance) {
        heard++;
        long hash = room * 31L + utterance.person();
        hash = hash * 31 + utterance.number();
        hashes[listener] = hashes[listener] * 31 + hash * 31 + utterance.sound();
    }

    @Override
    public void run(final long operations) {
        for (long i = 0; i < operations; i++) {
            final int speaker = (int) (spoken % people);
            speakersRoom = house.whereIs(speaker);
            owed += house.say(speaker, spoken * 0x9E3779B97F4A7C15L);
            spoken++;
            if (!stall.await(listened, 1)) {
                return;
            }
            if (spoken % moveEvery == 0) {
                final int move = (int) (spoken / moveEvery & (RECORDED_MOVES - 1));
                house.join(movers[move], (house.whereIs(movers[move]) + steps[move]) % ROOMS);
            }
        }
    }

    @Override
    public Check check() {
        long checksum = owed;
        for (final long hash : hashes) {
            checksum = checksum * 31 + hash;
        }
        return Check.of(heard, checksum);
    }

    @Override
    public Map<String, String> attest() {
        final Set<Transport> carriers = house.carriers();
        if (carriers.isEmpty()) {
            return Map.of();
        }
        return Map.of(
                "transport", carriers.size() == 1 ? carriers.iterator().next().label() : "mixed");
    }

    @Override
    public void close() {
        house.close();
    }
}
