package dev.maar.coordinator.merge;

import dev.maar.agent.stats.Metric;
import java.util.List;
import java.util.Optional;

/**
 * Many cells that the screen saw move the same way. Either the change is one of all of them, or it is the session that favours a side: what
 * is confirmed must then be confirmed in another.
 *
 * @param moved how many cells moved that way
 * @param cells how many there are
 * @param slower whether side b has the larger times
 */
public record CommonMode(int moved, int cells, boolean slower) {

    /** With fewer cells, half of them can move together by chance. */
    private static final int LEAST_CELLS = 8;

    /**
     * Looks for it in the screens, which must be over. Pure: what was confirmed since makes no difference.
     *
     * @param courses the cells
     * @param metric the metric to go by
     * @return the common mode, if there is one
     */
    public static Optional<CommonMode> of(final List<CellCourse> courses, final Metric metric) {
        final int slower = (int)
                courses.stream().filter(course -> course.candidate(metric) > 0).count();
        final int faster = (int)
                courses.stream().filter(course -> course.candidate(metric) < 0).count();
        final int moved = Math.max(slower, faster);
        return courses.size() >= LEAST_CELLS && 2 * moved >= courses.size()
                ? Optional.of(new CommonMode(moved, courses.size(), slower >= faster))
                : Optional.empty();
    }

    /**
     * What a report says of it.
     *
     * @return a sentence without its full stop
     */
    public String words() {
        return moved + " of " + cells + " cells moved the same way in the screen (side b "
                + (slower ? "slower" : "faster") + "), so they were confirmed in a session of their own";
    }
}
