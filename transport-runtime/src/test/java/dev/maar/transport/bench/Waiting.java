package dev.maar.transport.bench;

/** What every contender's ends do while there is nothing to do: spin briefly, then yield. For one thread. */
final class Waiting {

    private static final int SPINS = 64;

    private int rounds;

    void reset() {
        rounds = 0;
    }

    void idle() {
        if (rounds < SPINS) {
            rounds++;
            Thread.onSpinWait();
        } else {
            Thread.yield();
        }
    }
}
