package dev.maar.agent.measure;

import dev.maar.agent.job.CellKey;
import dev.maar.agent.job.PairPlan;
import dev.maar.agent.job.Phase;
import dev.maar.agent.job.SideName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Draws which side comes first, before anything runs. Pure: the same arguments give the same plans, on any machine and JDK. */
public final class Schedule {

    private Schedule() {}

    /**
     * The pairs of one cell for one phase. Of pairs 2k and 2k+1 one starts side a first and the other side b, in drawn order, so
     * every even number of pairs from the start is balanced (8 are 4 + 4) and a longer schedule begins with the shorter one.
     * Within a pair as many rounds start with a as with b, in drawn order; of an odd number one is left over, for either side.
     *
     * @param seed the experiment's seed
     * @param cell the cell
     * @param treeA the tree of side a
     * @param treeB the tree of side b
     * @param phase the phase
     * @param attempt 1, or higher when the experiment measures the cell again
     * @param pairs how many pairs
     * @param rounds how many rounds in each
     * @return the plans, in the order in which they are to run
     */
    public static List<PairPlan> draw(
            final long seed,
            final CellKey cell,
            final String treeA,
            final String treeB,
            final Phase phase,
            final int attempt,
            final int pairs,
            final int rounds) {
        final List<PairPlan> plans = new ArrayList<>(pairs);
        SideName first = SideName.A;
        for (int index = 0; index < pairs; index++) {
            final Draw draw = new Draw(
                    Long.toString(seed),
                    cell.adopter(),
                    cell.jig(),
                    cell.caseId(),
                    treeA,
                    treeB,
                    phase.label(),
                    Integer.toString(attempt),
                    Integer.toString(index));
            final SideName drawn = draw.side();
            first = index % 2 == 0 ? drawn : first.other();
            plans.add(new PairPlan(phase, index, first, balanced(draw, rounds)));
        }
        return plans;
    }

    /**
     * The id of a measurement: tells several of one cell apart, and says nothing of what they are for.
     *
     * @param seed the experiment's seed
     * @param cell the cell
     * @param number which of the cell's measurements, from 0
     * @param attempt 1, or higher when the experiment measures the cell again
     * @return eight hexadecimal digits
     */
    public static String measurement(final long seed, final CellKey cell, final int number, final int attempt) {
        final Draw draw = new Draw(
                Long.toString(seed), cell.id(), "measurement", Integer.toString(number), Integer.toString(attempt));
        final StringBuilder id = new StringBuilder();
        for (int digit = 0; digit < 8; digit++) {
            id.append(Character.forDigit(draw.below(16), 16));
        }
        return id.toString();
    }

    /**
     * Draws an order.
     *
     * @param seed the experiment's seed
     * @param purpose what is ordered, so that one seed gives different orders for different things
     * @param count how many there are
     * @return the numbers from 0 to below the count, each order as likely
     */
    public static List<Integer> order(final long seed, final String purpose, final int count) {
        final Draw draw = new Draw(Long.toString(seed), "order", purpose);
        final List<Integer> order = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            order.add(draw.below(i + 1), i);
        }
        return order;
    }

    private static List<SideName> balanced(final Draw draw, final int rounds) {
        final List<SideName> sides = new ArrayList<>(rounds);
        final SideName start = draw.side();
        for (int i = 0; i < rounds; i++) {
            sides.add(i % 2 == 0 ? start : start.other());
        }
        // Fisher and Yates.
        for (int i = rounds - 1; i > 0; i--) {
            Collections.swap(sides, i, draw.below(i + 1));
        }
        return sides;
    }
}
