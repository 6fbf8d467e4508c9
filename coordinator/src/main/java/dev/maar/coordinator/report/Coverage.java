package dev.maar.coordinator.report;

/** What is said about how much is decided. Pure functions. */
final class Coverage {

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
                sentence.append(", because: ")
                        .append(PlainText.line(summary.undecided().get(0).reason(), 200));
            }
            if (summary.undecided().size() > 1) {
                sentence.append("; and ")
                        .append(Numbers.counted(summary.undecided().size() - 1, "other reason"));
            }
        }
        return sentence.toString();
    }
}
