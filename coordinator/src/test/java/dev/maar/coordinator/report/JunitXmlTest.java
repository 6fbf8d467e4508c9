package dev.maar.coordinator.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

final class JunitXmlTest {

    @Test
    void stagesAndCellsAreTestCases() throws Exception {
        final Document document = parse(Samples.troubled());

        assertThat(cases(document))
                .contains(
                        "chat-relay/build: passed",
                        "price-feed/build: failure regressed: a pass, b fail",
                        "price-feed/test: skipped skipped: the build failed on side b",
                        "job-queue/test: failure regressed: newly failing: "
                                + "com.example.queue.WakeUpTest#aParkedWorkerIsWokenByOneMessage",
                        "order-gateway/roundtrip payloadBytes=64,transport=tcp time: failure mismatch: after 4,000 operations "
                                + "side a has checksum 9f2c11d0 and side b 41aa90be",
                        "telemetry-hub/fan-in payloadBytes=64,transport=shm time: failure regressed: "
                                + "+8.4 % (+7.7 to +9.1 %), threshold 3.0 %",
                        "telemetry-hub/fan-in payloadBytes=64,transport=udp time: failure broken: "
                                + "side b said nothing for 300 s in set-up",
                        "telemetry-hub/fan-in payloadBytes=4096,transport=local time: skipped inconclusive: "
                                + "24 more pairs, about 80 s, would decide",
                        "metrics-bridge/build: error error: a infra, b infra")
                .hasSize(6 * 2 + 11);
        final Element hub = (Element) document.getElementsByTagName("testsuite").item(4);
        assertThat(hub.getAttribute("tests")).isEqualTo("7");
        assertThat(hub.getAttribute("failures")).isEqualTo("2");
        assertThat(hub.getAttribute("skipped")).isEqualTo("2");
        assertThat(hub.getAttribute("errors")).isEqualTo("0");
    }

    @Test
    void hostileTextsStillMakeAnXmlDocument() throws Exception {
        final Document document = parse(Samples.hostile());

        assertThat(document.getElementsByTagName("testcase").getLength()).isEqualTo(6);
        assertThat(new JunitXml().write(Samples.hostile()))
                .doesNotContain("<script")
                .doesNotContain("NaN")
                .hasSizeLessThan(60_000);
    }

    private static List<String> cases(final Document document) {
        final NodeList nodes = document.getElementsByTagName("testcase");
        final List<String> cases = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            final Element node = (Element) nodes.item(i);
            final String name = node.getAttribute("classname") + "/" + node.getAttribute("name") + ": ";
            if (node.getFirstChild() instanceof Element result) {
                cases.add(name + result.getTagName() + " " + result.getAttribute("message"));
            } else {
                cases.add(name + "passed");
            }
        }
        return cases;
    }

    private static Document parse(final Report report) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(new JunitXml().write(report))));
    }
}
