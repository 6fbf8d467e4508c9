package dev.maar.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A leaky ring keeps the newest messages, in order, and counts the others. */
final class LeakyRingTest {

    private static final Topic<ByteBuffer> TOPIC = Topic.of("ring", Codec.bytes());
    private static final Tallies TALLIES = new Tallies(() -> CounterFile.inMemory(8));

    private static void put(final LeakyRing ring, final long number) {
        ring.claim(2 * Long.BYTES).putLong(number).putLong(~number);
        ring.put(number, 2 * Long.BYTES);
    }

    @Property
    void isAQueueThatForgetsItsOldest(
            @ForAll @IntRange(min = 1, max = 5) final int capacity, @ForAll @Size(max = 60) final List<Boolean> puts) {
        final LeakyRing ring = new LeakyRing(capacity, TALLIES.acquire(TOPIC, Transport.LOCAL));
        final Deque<Long> waiting = new ArrayDeque<>();
        long number = 0;
        long dropped = 0;
        for (final boolean put : puts) {
            if (put) {
                put(ring, number);
                waiting.add(number++);
                if (waiting.size() > capacity) {
                    waiting.remove();
                    dropped++;
                }
            } else {
                final ByteBuffer taken = ring.take();
                final Long expected = waiting.poll();
                assertThat(taken == null).isEqualTo(expected == null);
                if (taken != null && expected != null) {
                    assertThat(taken.getLong(0)).isEqualTo(expected);
                    assertThat(ring.sequence()).isEqualTo(expected);
                }
            }
            assertThat(ring.isEmpty()).isEqualTo(waiting.isEmpty());
            assertThat(ring.dropped()).isEqualTo(dropped);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 64})
    void betweenTwoThreadsEveryMessageIsTakenWholeAndInOrderOrCounted(final int capacity) throws Exception {
        final LeakyRing ring = new LeakyRing(capacity, TALLIES.acquire(TOPIC, Transport.LOCAL));
        final long count = 2_000_000;
        final AtomicBoolean done = new AtomicBoolean();
        final Thread writer = new Thread(() -> {
            for (long number = 0; number < count; number++) {
                put(ring, number);
            }
            done.set(true);
        });
        writer.start();
        long taken = 0;
        long last = -1;
        boolean more = true;
        while (more) {
            more = !done.get();
            for (ByteBuffer bytes = ring.take(); bytes != null; bytes = ring.take()) {
                final long number = bytes.getLong(0);
                assertThat(bytes.getLong(Long.BYTES)).isEqualTo(~number);
                assertThat(ring.sequence()).isEqualTo(number);
                assertThat(number).isGreaterThan(last);
                last = number;
                taken++;
            }
        }
        writer.join();
        assertThat(last).isEqualTo(count - 1);
        assertThat(taken + ring.dropped()).isBetween(count - capacity, count);
    }
}
