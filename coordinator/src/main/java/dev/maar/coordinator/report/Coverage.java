package dev.maar.coordinator.report;

import java.util.List;
import java.util.stream.Collectors;

/** What is said about how much is decided. Pure functions. */
final class Coverage {

    private static final int NAMED_REASONS = 3;

    private Coverage() {}

    /**
     * Coverage in one sentence.
     *
     * @param summary the summary
     * @return for example {@code 3 of 4 adopters decided (14 of 16 cells); 1 not, because: tests error: no space}
     */
    static String sentence(final Report.Summary summary) {
        final StringBuilder sentence = new StringBuilder()
                .append(summary.decided())
                .append(" of ")
                .append(Numbers.counted(summary.adopters(), "adopter"))
                .append(" decided");
        if (summary.cells() > 0) {
            sentence.append(" (")
                    .append(summary.cellsDecided())
                    .append(" of ")
                    .append(Numbers.counted(summary.cells(), "cell"))
                    .append(')');
        }
        final int not = summary.adopters() - summary.decided();
        if (not > 0) {
            sentence.append("; ").append(not).append(" not");
            if (!summary.undecided().isEmpty()) {
                sentence.append(", because: ").append(reasons(summary.undecided()));
            }
        }
        return sentence.toString();
    }

    private static String reasons(final List<Report.Undecided> undecided) {
        if (undecided.size() == 1) {
            return PlainText.line(undecided.get(0).reason(), 200);
        }
        final String named =
                undecided.stream().limit(NAMED_REASONS).map(Coverage::reason).collect(Collectors.joining("; "));
        final int others = undecided.size() - NAMED_REASONS;
        return others > 0 ? named + "; and " + Numbers.counted(others, "other reason") : named;
    }

    private static String reason(final Report.Undecided undecided) {
        return PlainText.line(undecided.reason(), 200) + " ("
                + undecided.adopters().size() + ")";
    }
}
