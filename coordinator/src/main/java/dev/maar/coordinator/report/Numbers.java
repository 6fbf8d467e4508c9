package dev.maar.coordinator.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** Numbers as every writer shows them. A number that is not known is {@value #ABSENT}, never anything else. Pure functions. */
final class Numbers {

    /** What stands for a number that is not known. */
    static final String ABSENT = "-";

    private static final int DIGITS = 4;
    private static final double HUGE = 1e15;

    private Numbers() {}

    /**
     * A ratio as a change.
     *
     * @param ratio b/a
     * @return for example {@code +5.2 %}
     */
    static String change(final double ratio) {
        return signedPercent(ratio - 1);
    }

    /**
     * The interval of a ratio as changes.
     *
     * @param low its lower end
     * @param high its upper end
     * @return for example {@code +3.1 to +7.4 %}
     */
    static String interval(final double low, final double high) {
        if (!Double.isFinite(low) || !Double.isFinite(high)) {
            return ABSENT;
        }
        return signedPercent(low - 1).replace(" %", "") + " to " + signedPercent(high - 1);
    }

    /**
     * A share as a percentage.
     *
     * @param share 0.03 is 3 %
     * @return for example {@code 3.0 %}
     */
    static String percent(final double share) {
        return Double.isFinite(share) ? fixed(share * 100, 1) + " %" : ABSENT;
    }

    private static String signedPercent(final double share) {
        if (!Double.isFinite(share)) {
            return ABSENT;
        }
        final String text = fixed(share * 100, 1);
        return (text.startsWith("-") || text.equals("0.0") ? "" : "+") + text + " %";
    }

    /**
     * A level of a metric, with the digits that matter.
     *
     * @param level the level
     * @return four digits, or all of them before the decimal point
     */
    static String level(final double level) {
        return fixed(level, decimals(level));
    }

    /**
     * How many decimals a level needs, so that two levels can be shown alike.
     *
     * @param level the level
     * @return from 0 to 6
     */
    static int decimals(final double level) {
        if (!Double.isFinite(level) || level == 0) {
            return 0;
        }
        final int magnitude = (int) Math.floor(Math.log10(Math.abs(level)));
        return Math.max(0, Math.min(6, DIGITS - 1 - magnitude));
    }

    /**
     * A number with so many decimals, thousands grouped.
     *
     * @param number the number
     * @param decimals how many decimals
     * @return the number; never a negative zero
     */
    static String fixed(final double number, final int decimals) {
        if (!Double.isFinite(number)) {
            return ABSENT;
        }
        if (Math.abs(number) >= HUGE) {
            return String.format(Locale.ROOT, "%.2e", number);
        }
        final BigDecimal rounded = new BigDecimal(number).setScale(decimals, RoundingMode.HALF_EVEN);
        final DecimalFormat format = new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(Locale.ROOT));
        format.setMinimumFractionDigits(decimals);
        format.setMaximumFractionDigits(decimals);
        return format.format(rounded.signum() == 0 ? BigDecimal.ZERO.setScale(decimals) : rounded);
    }

    /**
     * A p-value or the like.
     *
     * @param probability from 0 to 1
     * @return for example {@code 0.012}, {@code < 0.001}
     */
    static String probability(final double probability) {
        if (!Double.isFinite(probability)) {
            return ABSENT;
        }
        return probability < 0.001 ? "< 0.001" : fixed(probability, 3);
    }

    /**
     * A size in memory.
     *
     * @param bytes bytes; 0 when not known
     * @return for example {@code 23.5 GiB}
     */
    static String memory(final long bytes) {
        return bytes <= 0 ? ABSENT : fixed(bytes / (double) (1L << 30), 1) + " GiB";
    }

    /**
     * A smaller size in memory.
     *
     * @param bytes bytes; 0 when not known
     * @return for example {@code 98.2 MiB}
     */
    static String mebibytes(final long bytes) {
        return bytes <= 0 ? ABSENT : fixed(bytes / (double) (1L << 20), 1) + " MiB";
    }

    /**
     * A count with its noun.
     *
     * @param count how many
     * @param one the noun for one
     * @return for example {@code 1 cell}, {@code 12 cells}
     */
    static String counted(final int count, final String one) {
        return fixed(count, 0) + " " + one + (count == 1 ? "" : "s");
    }
}
