package dev.maar.coordinator.report;

import dev.maar.agent.job.Stage;
import dev.maar.agent.job.Verdict;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes {@code junit.xml}: a suite an adopter, a test case a stage and a cell. Mismatch, regressed and broken are failures, error is
 * an error; what is not decided, was not run, or is no fault of side b is skipped with the reason; the rest passes. Thread-safe.
 */
public final class JunitXml implements ReportWriter {

    private static final int MESSAGE = 500;
    private static final int DETAIL = 4_000;

    @Override
    public String fileName() {
        return "junit.xml";
    }

    @Override
    public String write(final Report report) {
        final StringWriter text = new StringWriter();
        try {
            final XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            xml.writeStartElement("testsuites");
            xml.writeAttribute("name", PlainText.line(report.experiment().name(), MESSAGE));
            for (final AdopterReport adopter : report.adopters()) {
                suite(xml, report, adopter);
            }
            xml.writeCharacters("\n");
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (final XMLStreamException e) {
            throw new IllegalStateException("writing XML to memory does not fail", e);
        }
        return text + "\n";
    }

    /** One test case. */
    private record Entry(String name, Verdict verdict, String message, String detail) {}

    private static void suite(final XMLStreamWriter xml, final Report report, final AdopterReport adopter)
            throws XMLStreamException {
        final List<Entry> entries = entries(report, adopter);
        xml.writeCharacters("\n  ");
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", PlainText.line(adopter.name(), MESSAGE));
        xml.writeAttribute("tests", String.valueOf(entries.size()));
        xml.writeAttribute("failures", count(entries, "failure"));
        xml.writeAttribute("errors", count(entries, "error"));
        xml.writeAttribute("skipped", count(entries, "skipped"));
        for (final Entry entry : entries) {
            testCase(xml, PlainText.line(adopter.name(), MESSAGE), entry);
        }
        xml.writeCharacters("\n  ");
        xml.writeEndElement();
    }

    private static void testCase(final XMLStreamWriter xml, final String adopter, final Entry entry)
            throws XMLStreamException {
        final String element = element(entry.verdict());
        xml.writeCharacters("\n    ");
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", adopter);
        xml.writeAttribute("name", entry.name());
        if (!element.isEmpty()) {
            final String message = PlainText.line(entry.message(), MESSAGE);
            xml.writeStartElement(element);
            xml.writeAttribute("message", entry.verdict().label() + (message.isEmpty() ? "" : ": " + message));
            if (!element.equals("skipped")) {
                xml.writeAttribute("type", entry.verdict().label());
                xml.writeCharacters(PlainText.lines(entry.detail(), DETAIL));
            }
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static String element(final Verdict verdict) {
        return switch (verdict) {
            case MISMATCH, REGRESSED, BROKEN -> "failure";
            case ERROR -> "error";
            case SUSPECT, FLAKY, INCONCLUSIVE, STILL_FAILING, SKIPPED -> "skipped";
            case FIXED, IMPROVED, UNCHANGED -> "";
        };
    }

    private static String count(final List<Entry> entries, final String element) {
        return String.valueOf(entries.stream()
                .filter(entry -> element(entry.verdict()).equals(element))
                .count());
    }

    private static List<Entry> entries(final Report report, final AdopterReport adopter) {
        final List<Entry> entries = new ArrayList<>();
        final List<Stage> stages = report.experiment().stages();
        if (stages.contains(Stage.BUILD)) {
            final AdopterReport.Build build = adopter.build();
            final String sides = "a " + build.a().label() + ", b " + build.b().label();
            entries.add(new Entry("build", build.verdict(), sides, build.reason()));
        }
        if (stages.contains(Stage.TEST)) {
            final AdopterReport.Test test = adopter.test();
            final String failing =
                    String.join(", ", test.newlyFailing().stream().limit(20).toList());
            entries.add(new Entry(
                    "test",
                    test.verdict(),
                    failing.isEmpty() ? test.reason() : "newly failing: " + failing,
                    messages(test)));
        }
        for (final AdopterReport.Cell cell :
                adopter.cells().stream().filter(AdopterReport.Cell::tells).toList()) {
            final CellRow row = CellRow.of(adopter.name(), cell);
            entries.add(new Entry(
                    row.jig() + " " + row.caseId() + " " + row.metric(),
                    cell.verdict(),
                    cell.reason().isEmpty()
                            ? row.change() + " (" + row.interval() + "), threshold " + row.threshold()
                            : cell.reason(),
                    cell.reason() + "\n" + cell.reproduce()));
        }
        return entries;
    }

    private static String messages(final AdopterReport.Test test) {
        final StringBuilder text = new StringBuilder(test.reason());
        test.newlyFailing().stream()
                .limit(100)
                .forEach(name -> text.append('\n')
                        .append(name)
                        .append(": ")
                        .append(test.messages().getOrDefault(name, "no message")));
        return text.toString().strip();
    }
}
