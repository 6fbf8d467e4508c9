package dev.maar.agent.job;

/**
 * Something for each of the two sides.
 *
 * @param a the baseline's
 * @param b the candidate's
 * @param <T> what it is
 */
public record Both<T>(T a, T b) {

    /**
     * One side's.
     *
     * @param side which
     * @return its value
     */
    public T of(final SideName side) {
        return side == SideName.A ? a : b;
    }
}
