package dev.maar.transport.bench;

import java.util.List;

/**
 * How much is measured.
 *
 * @param rounds in each of which every candidate runs in processes of its own
 * @param sizes of messages in bytes
 * @param warmMillis before each measurement; the compiler is busy with what comes out of a publisher for up to two seconds, and on two
 *     cores takes one of them from the ends meanwhile
 * @param measureMillis for each size in each process
 */
record Form(int rounds, List<Integer> sizes, long warmMillis, long measureMillis) {

    static final Form SHORT = new Form(3, List.of(64, 64 << 10), 300, 300);
    static final Form FULL = new Form(10, List.of(64, 1 << 10, 64 << 10, 1 << 20), 2_500, 500);
}
