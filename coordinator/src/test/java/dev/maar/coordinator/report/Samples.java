package dev.maar.coordinator.report;

import dev.maar.agent.job.Stage;
import dev.maar.agent.job.StageStatus;
import dev.maar.agent.job.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Reports for tests: nothing in them moves, random effects come from fixed seeds. */
final class Samples {

    /** What manifests, tests and compilers may try: markup, mentions, escapes, direction marks, control characters. */
    static final String HOSTILE =
            "</td><script>alert(1)</script>\"'`|` @everyone #1 ![x](http://x/y) [l](javascript:1)\n"
                    + "| --- |\n```\n\u001b[31mred\u001b]0;title\u0007 \u0000\u0008\u202eabc\u2066\ud800 ]]> --> &amp; ${7*7} $unsafe{x}";

    private Samples() {}

    /** Four adopters, sixteen cells, nothing changed. */
    static Report unchanged() {
        final List<AdopterReport> adopters = new ArrayList<>();
        for (final String name : List.of("chat-relay", "hotpath", "order-gateway", "telemetry-hub")) {
            adopters.add(adopter(name, Verdict.UNCHANGED, cells(name, 4)));
        }
        return report(adopters, trust(1, 0, 1, 1), List.of());
    }

    /** One adopter for each thing that can be found. */
    static Report troubled() {
        final List<AdopterReport> adopters = List.of(
                adopter("chat-relay", Verdict.UNCHANGED, cells("chat-relay", 4)),
                buildRegression(),
                testRegression(),
                adopter(
                        "order-gateway",
                        Verdict.MISMATCH,
                        List.of(
                                cell(
                                        "roundtrip",
                                        "tcp",
                                        64,
                                        Verdict.MISMATCH,
                                        Double.NaN,
                                        0,
                                        "after 4,000 operations side a " + "has checksum 9f2c11d0 and side b 41aa90be"),
                                cell("roundtrip", "local", 64, Verdict.UNCHANGED, 1.002, 16, ""))),
                adopter(
                        "telemetry-hub",
                        Verdict.REGRESSED,
                        List.of(
                                cell("fan-in", "shm", 64, Verdict.REGRESSED, 1.084, 32, ""),
                                cell(
                                        "fan-in",
                                        "shm",
                                        4096,
                                        Verdict.SUSPECT,
                                        1.031,
                                        24,
                                        "a candidate that 24 pairs did not confirm"),
                                cell("fan-in", "local", 64, Verdict.IMPROVED, 0.948, 32, ""),
                                cell(
                                        "fan-in",
                                        "local",
                                        4096,
                                        Verdict.INCONCLUSIVE,
                                        1.006,
                                        16,
                                        "24 more pairs, about 80 s, would decide"),
                                cell(
                                        "fan-in",
                                        "udp",
                                        64,
                                        Verdict.BROKEN,
                                        Double.NaN,
                                        0,
                                        "side b said nothing for 300 s in set-up"))),
                infra());
        return report(
                adopters,
                trust(2, 0, 1, 1),
                List.of("The machine was busy: load average 3.1 on 2 cores at the start."));
    }

    /** Many adopters with a few findings. */
    static Report large(final int adopters, final int cells) {
        final List<AdopterReport> many = new ArrayList<>();
        for (int i = 0; i < adopters; i++) {
            final String name = "adopter-%04d".formatted(i);
            if (i % 50 == 7) {
                final List<AdopterReport.Cell> some = new ArrayList<>(cells(name, cells - 1));
                some.add(cell("hot", "shm", 64, Verdict.REGRESSED, 1.05 + i / 5_000.0, 32, ""));
                many.add(adopter(name, Verdict.REGRESSED, some));
            } else if (i % 40 == 3) {
                final List<AdopterReport.Cell> some = new ArrayList<>(cells(name, cells - 1));
                some.add(cell(
                        "hot", "tcp", 64, Verdict.INCONCLUSIVE, 1.01, 16, "24 more pairs, about 80 s, would decide"));
                many.add(adopter(name, Verdict.INCONCLUSIVE, some));
            } else {
                many.add(adopter(name, Verdict.UNCHANGED, cells(name, cells)));
            }
        }
        return report(many, trust(10, 0, 2, 2), List.of());
    }

    /** Every text is {@link #HOSTILE}, the longest ones very long; every number is missing. */
    static Report hostile() {
        final String longText = HOSTILE + "x".repeat(3_000_000);
        final AdopterReport.Cell cell = new AdopterReport.Cell(
                HOSTILE,
                Map.of(HOSTILE, HOSTILE),
                HOSTILE,
                HOSTILE,
                AdopterReport.Level.NONE,
                AdopterReport.Level.NONE,
                Double.NaN,
                Double.NEGATIVE_INFINITY,
                Double.POSITIVE_INFINITY,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                HOSTILE,
                0,
                List.of(HOSTILE),
                Verdict.BROKEN,
                HOSTILE,
                HOSTILE,
                HOSTILE,
                HOSTILE,
                HOSTILE,
                longText,
                List.of(Double.NaN, Double.POSITIVE_INFINITY));
        final AdopterReport adopter = new AdopterReport(
                HOSTILE,
                Verdict.REGRESSED,
                List.of(HOSTILE, "@someone"),
                List.of(HOSTILE),
                new AdopterReport.Build(
                        StageStatus.PASS,
                        StageStatus.FAIL,
                        Verdict.REGRESSED,
                        longText,
                        HOSTILE,
                        "javascript:alert(1)"),
                new AdopterReport.Test(
                        AdopterReport.Counts.NONE,
                        AdopterReport.Counts.NONE,
                        Verdict.ERROR,
                        List.of(HOSTILE),
                        List.of(HOSTILE),
                        List.of(HOSTILE),
                        List.of(HOSTILE),
                        List.of(HOSTILE),
                        longText,
                        Map.of(HOSTILE, longText),
                        HOSTILE,
                        HOSTILE),
                List.of(cell, cell));
        final AdopterReport broken = new AdopterReport(
                HOSTILE + "2",
                Verdict.ERROR,
                List.of(),
                List.of(),
                new AdopterReport.Build(StageStatus.INFRA, StageStatus.INFRA, Verdict.ERROR, longText, "", ""),
                AdopterReport.Test.skipped(HOSTILE),
                List.of());
        final Report.Side side = new Report.Side(
                HOSTILE,
                HOSTILE,
                HOSTILE,
                HOSTILE,
                true,
                HOSTILE,
                List.of(HOSTILE),
                Map.of(HOSTILE, HOSTILE),
                List.of(HOSTILE),
                HOSTILE,
                0);
        final Report.Experiment experiment = new Report.Experiment(
                HOSTILE,
                HOSTILE,
                Report.Status.COMPLETED,
                HOSTILE,
                side,
                side,
                List.of(Stage.values()),
                HOSTILE,
                1,
                Instant.EPOCH,
                Instant.EPOCH,
                longText);
        final Report.Agent agent =
                new Report.Agent(HOSTILE, HOSTILE, HOSTILE, 2, 0, HOSTILE, HOSTILE, List.of(HOSTILE), 1, true);
        final Report.Trust trust = new Report.Trust(
                1,
                1,
                1,
                0,
                Double.NaN,
                2,
                10,
                2,
                Map.of(HOSTILE, 2),
                1,
                Report.Resolution.NONE,
                Report.Cost.NONE,
                Double.NaN);
        return Report.of(
                experiment,
                List.of(agent),
                trust,
                List.of(adopter, broken),
                Map.of(HOSTILE, HOSTILE),
                List.of(longText));
    }

    /** The report with another status. */
    static Report withStatus(final Report report, final Report.Status status) {
        final Report.Experiment old = report.experiment();
        final Report.Experiment experiment = new Report.Experiment(
                old.id(),
                old.name(),
                status,
                old.subject(),
                old.a(),
                old.b(),
                old.stages(),
                old.budget(),
                old.seed(),
                old.startedAt(),
                old.finishedAt(),
                old.reproduce());
        return new Report(
                report.schema(),
                experiment,
                report.agents(),
                report.trust(),
                report.summary(),
                report.adopters(),
                report.settings(),
                report.notes());
    }

    static Report report(final List<AdopterReport> adopters, final Report.Trust trust, final List<String> notes) {
        final Report.Side a = new Report.Side(
                "v1.4.0",
                "0f3c2a9be1d24a77c05b8f6e2d9a31c4b7e80f12",
                "1.4.0-maar.0f3c2a9b",
                "7d1ab00c4e5f60718293a4b5c6d7e8f901234567",
                false,
                "17.0.12",
                List.of(),
                Map.of(),
                List.of(),
                "9d5e3b1c7a2f4e6d8c0b9a7f5e3d1c2b4a6f8e0d9c7b5a3f1e2d4c6b8a0f9e7d",
                412_345);
        final Report.Side b = new Report.Side(
                "CURRENT",
                "5b8e0d1f2a3c4b5d6e7f8091a2b3c4d5e6f70819",
                "1.5.0-SNAPSHOT-maar.c3d4e5f6",
                "c3d4e5f60718293a4b5c6d7e8f9012345678abcd",
                true,
                "17.0.12",
                List.of("-XX:+UseZGC"),
                Map.of("TZ", "UTC"),
                List.of(),
                "1c7a2f4e6d8c0b9a7f5e3d1c2b4a6f8e0d9c7b5a3f1e2d4c6b8a0f9e7d9d5e3b",
                413_001);
        final Report.Experiment experiment = new Report.Experiment(
                "20261121-0815-3fa9",
                "nightly",
                Report.Status.COMPLETED,
                "transport-runtime",
                a,
                b,
                List.of(Stage.values()),
                "standard",
                4_503_599_627L,
                Instant.parse("2026-11-21T08:15:00Z"),
                Instant.parse("2026-11-21T08:41:12Z"),
                "./maar run --a v1.4.0 --b CURRENT+jvm=-XX:+UseZGC --adopters all --stages build,test,measure "
                        + "--budget standard --seed 4503599627");
        final Report.Agent agent = new Report.Agent(
                "agent-1",
                "build-box",
                "Example CPU 2.4 GHz",
                2,
                24L << 30,
                "Debian GNU/Linux 12",
                "6.1.0-18-amd64",
                List.of("17.0.12", "25.0.1"),
                38,
                false);
        final Map<String, String> settings = new LinkedHashMap<>();
        settings.put("slices a pair", "20");
        settings.put("slice", "25 to 50 ms");
        settings.put("screen", "8 + 8 pairs");
        settings.put("confirmation", "16 + 16 fresh pairs");
        settings.put("false discovery rate", "0.05 (Benjamini-Hochberg)");
        return Report.of(experiment, List.of(agent), trust, adopters, settings, notes);
    }

    static Report.Trust trust(final int aa, final int flagged, final int positive, final int found) {
        return new Report.Trust(
                aa,
                flagged,
                positive,
                found,
                0.045,
                1,
                328,
                3,
                Map.of("steal time", 2, "slower cores", 1),
                4,
                new Report.Resolution(20, 0.008, 0.021),
                new Report.Cost(12, 260, 300, 160, 30, 45, 7),
                0.05);
    }

    static AdopterReport adopter(final String name, final Verdict verdict, final List<AdopterReport.Cell> cells) {
        return new AdopterReport(
                name,
                verdict,
                List.of("@" + name + "-team"),
                List.of("bundled"),
                new AdopterReport.Build(
                        StageStatus.PASS,
                        StageStatus.PASS,
                        Verdict.UNCHANGED,
                        "",
                        "logs/" + name + "-build-a.log",
                        "logs/" + name + "-build-b.log"),
                new AdopterReport.Test(
                        new AdopterReport.Counts(41, 0, 1),
                        new AdopterReport.Counts(41, 0, 1),
                        Verdict.UNCHANGED,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        "",
                        Map.of(),
                        "",
                        ""),
                cells);
    }

    /** A report of one adopter whose allocation alone changed, and of which more is known. */
    static Report severalMetrics() {
        final List<AdopterReport.Cell> cells = List.of(
                cell("fan-in", "shm", 64, Verdict.UNCHANGED, 1.001, 16, ""),
                of("alloc", "bytes/op", cell("fan-in", "shm", 64, Verdict.REGRESSED, 1.25, 16, "")),
                of("cpu", "us/op", cell("fan-in", "shm", 64, Verdict.INCONCLUSIVE, 1.02, 16, "16 more pairs")),
                of("p99", "us", cell("fan-in", "shm", 64, Verdict.UNCHANGED, 1.003, 16, "")));
        final AdopterReport plain = adopter("telemetry-hub", Verdict.REGRESSED, cells);
        final AdopterReport.Footprint footprint = new AdopterReport.Footprint(
                "fan-in",
                cells.get(0).setting(),
                new AdopterReport.Need(312.4, 98L << 20),
                new AdopterReport.Need(Double.NaN, 99L << 20));
        final AdopterReport adopter = new AdopterReport(
                plain.name(),
                plain.verdict(),
                plain.owners(),
                plain.labels(),
                plain.build(),
                plain.test(),
                cells,
                List.of(footprint));
        return report(List.of(adopter), trust(1, 0, 1, 1), List.of());
    }

    private static AdopterReport.Cell of(final String metric, final String unit, final AdopterReport.Cell cell) {
        return new AdopterReport.Cell(
                cell.jig(),
                cell.setting(),
                metric,
                unit,
                cell.a(),
                cell.b(),
                cell.ratio(),
                cell.low(),
                cell.high(),
                cell.confidence(),
                cell.p(),
                cell.q(),
                cell.threshold(),
                cell.thresholdSource(),
                cell.pairs(),
                cell.agents(),
                cell.verdict(),
                cell.checksumA(),
                cell.checksumB(),
                cell.raw(),
                cell.profile(),
                cell.reproduce(),
                cell.reason(),
                cell.pairsEffects());
    }

    static AdopterReport.Cell cell(
            final String jig,
            final String transport,
            final int size,
            final Verdict verdict,
            final double ratio,
            final int pairs,
            final String reason) {
        final Random random = new Random(jig.hashCode() * 31L + transport.hashCode() + size + pairs);
        final List<Double> effects = new ArrayList<>();
        for (int i = 0; i < pairs; i++) {
            effects.add(Math.log(ratio) + random.nextGaussian() * 0.009 + (random.nextInt(16) == 0 ? 0.3 : 0));
        }
        final boolean none = Double.isNaN(ratio);
        final double wide = verdict == Verdict.INCONCLUSIVE ? 0.045 : 0.007;
        final double median = (transport.equals("tcp") ? 11.42 : 0.8312) * (size > 1_000 ? 2.3 : 1);
        return new AdopterReport.Cell(
                jig,
                Map.of("transport", transport, "payloadBytes", String.valueOf(size)),
                "time",
                "us/op",
                none ? AdopterReport.Level.NONE : new AdopterReport.Level(median, 0.021),
                none ? AdopterReport.Level.NONE : new AdopterReport.Level(median * ratio, 0.023),
                ratio,
                ratio - wide,
                ratio + wide,
                0.9,
                verdict == Verdict.REGRESSED ? 0.00012 : 0.31,
                verdict == Verdict.REGRESSED ? 0.0034 : Double.NaN,
                0.03,
                "not calibrated",
                pairs,
                List.of("agent-1"),
                verdict,
                "9f2c11d0",
                verdict == Verdict.MISMATCH ? "41aa90be" : "9f2c11d0",
                "raw/" + jig + "-" + transport + "-" + size + ".ndjson",
                "",
                "./maar jig telemetry-hub/" + jig + " --a v1.4.0 --b CURRENT --transports " + transport + " --sizes "
                        + size + " --seed 4503599627",
                reason,
                effects);
    }

    private static List<AdopterReport.Cell> cells(final String name, final int count) {
        final List<AdopterReport.Cell> cells = new ArrayList<>();
        final List<String> transports = List.of("local", "shm", "udp", "tcp");
        for (int i = 0; i < count; i++) {
            final double ratio = 1 + ((name.hashCode() + i * 7) % 9) / 1_000.0;
            cells.add(cell("roundtrip", transports.get(i % 4), i < 4 ? 64 : 4096, Verdict.UNCHANGED, ratio, 16, ""));
        }
        return cells;
    }

    private static AdopterReport buildRegression() {
        return buildRegression("price-feed", """
                src/main/java/com/example/feed/Feed.java:[42,31] error: cannot find symbol
                  symbol:   method subscribe(String,MessageHandler)
                  location: variable runtime of type TransportRuntime
                1 error
                """);
    }

    static AdopterReport buildRegression(final String name, final String reason) {
        return new AdopterReport(
                name,
                Verdict.REGRESSED,
                List.of("@feeds"),
                List.of(),
                new AdopterReport.Build(
                        StageStatus.PASS,
                        StageStatus.FAIL,
                        Verdict.REGRESSED,
                        reason,
                        "logs/" + name + "-build-a.log",
                        "logs/" + name + "-build-b.log"),
                AdopterReport.Test.skipped("the build failed on side b"),
                List.of());
    }

    private static AdopterReport testRegression() {
        return new AdopterReport(
                "job-queue",
                Verdict.REGRESSED,
                List.of("@queues"),
                List.of(),
                new AdopterReport.Build(StageStatus.PASS, StageStatus.PASS, Verdict.UNCHANGED, "", "", ""),
                new AdopterReport.Test(
                        new AdopterReport.Counts(28, 1, 0),
                        new AdopterReport.Counts(27, 2, 0),
                        Verdict.REGRESSED,
                        List.of("com.example.queue.WakeUpTest#aParkedWorkerIsWokenByOneMessage"),
                        List.of(),
                        List.of("com.example.queue.OldTest#neverWorked"),
                        List.of(),
                        List.of(),
                        "",
                        Map.of(
                                "com.example.queue.WakeUpTest#aParkedWorkerIsWokenByOneMessage",
                                "expected the message within 2 s but nothing came",
                                "com.example.queue.OldTest#neverWorked",
                                "expected 3 but was 4"),
                        "logs/job-queue-test-a.log",
                        "logs/job-queue-test-b.log"),
                List.of());
    }

    private static AdopterReport infra() {
        return new AdopterReport(
                "metrics-bridge",
                Verdict.ERROR,
                List.of(),
                List.of(),
                new AdopterReport.Build(
                        StageStatus.INFRA, StageStatus.INFRA, Verdict.ERROR, "no space left on device", "", ""),
                AdopterReport.Test.skipped("the build did not finish"),
                List.of());
    }
}
