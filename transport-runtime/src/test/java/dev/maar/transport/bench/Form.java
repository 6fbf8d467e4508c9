package dev.maar.transport.bench;

import java.util.List;

/**
 * How much is measured.
 *
 * @param rounds in each of which every candidate runs in processes of its own
 * @param sizes of messages in bytes
 * @param warmMillis before each measurement; the compiler is busy with what comes out of a publisher for up to two seconds, and on two
 *     cores takes one of them from the ends meanwhile
 * @param laterWarmMillis the same for all sizes but a process's first
 * @param measureMillis for each size in each process
 */
record Form(int rounds, List<Integer> sizes, long warmMillis, long laterWarmMillis, long measureMillis) {

    static final Form SHORT = new Form(3, List.of(64, 64 << 10), 300, 300, 300);
    static final Form FULL = new Form(10, List.of(64, 1 << 10, 64 << 10, 1 << 20), 2_500, 1_500, 500);

    Form rounds(final int count) {
        return new Form(count, sizes, warmMillis, laterWarmMillis, measureMillis);
    }

    Form sizes(final List<Integer> bytes) {
        return new Form(rounds, bytes, warmMillis, laterWarmMillis, measureMillis);
    }

    /** How long a process warms up before it is measured with messages of a size. */
    long warmMillis(final int size) {
        return size == sizes.get(0) ? warmMillis : laterWarmMillis;
    }
}
