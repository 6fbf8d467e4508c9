package dev.maar.coordinator.report;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;

/**
 * Writes {@code report.html}: one file that opens from disk, without a network and without its script. The templates are in
 * {@code src/main/jte} and are compiled with the code; every text in them is escaped by its place in the page. Thread-safe.
 */
public final class ReportHtml implements ReportWriter {

    /** The templates' classes are generated into this package, so that they see what is package-private. */
    private static final TemplateEngine ENGINE = TemplateEngine.createPrecompiled(
            null, ContentType.Html, ReportHtml.class.getClassLoader(), ReportHtml.class.getPackageName());

    @Override
    public String fileName() {
        return "report.html";
    }

    @Override
    public String write(final Report report) {
        final StringOutput page = new StringOutput();
        ENGINE.render("report.jte", new ReportPage(report), page);
        return page.toString();
    }
}
