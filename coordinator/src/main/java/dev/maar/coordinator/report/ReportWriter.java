package dev.maar.coordinator.report;

/** Turns a report into one file. Implementations are thread-safe and keep nothing. */
public interface ReportWriter {

    /**
     * The file's name in the report's folder.
     *
     * @return for example {@code report.md}
     */
    String fileName();

    /**
     * The file's text.
     *
     * @param report the report
     * @return its whole text, to be written as UTF-8
     */
    String write(Report report);
}
