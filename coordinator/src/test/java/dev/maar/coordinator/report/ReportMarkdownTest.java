package dev.maar.coordinator.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maar.agent.job.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReportMarkdownTest {

    private final ReportMarkdown markdown = new ReportMarkdown();

    @Test
    void theVerdictAndWhatToDoComeFirst() {
        assertThat(markdown.write(Samples.unchanged()))
                .startsWith("**Maar: unchanged.** Nothing regressed: all 4 adopters unchanged. **Nothing to do.**");
        assertThat(markdown.write(Samples.troubled()))
                .startsWith("**Maar: mismatch.** 4 of 6 adopters got worse")
                .contains(
                        "5 of 6 adopters decided (9 of 11 cells); 1 not, because: build error: no space left on device");
    }

    @Test
    void findingsAndCellsAreListed() {
        assertThat(markdown.write(Samples.troubled()))
                .contains("**regressed** `price-feed` build: a pass, b fail")
                .contains("```text\nsrc/main/java/com/example/feed/Feed.java:[42,31] error: cannot find symbol\n")
                .contains("- newly failing `com.example.queue.WakeUpTest#aParkedWorkerIsWokenByOneMessage`: "
                        + "`expected the message within 2 s but nothing came`")
                .contains(
                        "| regressed | `telemetry-hub/fan-in/payloadBytes=64,transport=shm` | `time, us/op` | 0.8312 | 0.9010 "
                                + "| **+8.4 %** | +7.7 to +9.1 % | 3.0 % | 32 |")
                .contains(
                        "Trust: A/A control 0/2, positive control 1/1, 328 live pairs, 3 run again, half of the times can see 0.8 %.")
                .contains("```text\n./maar run --a v1.4.0 --b CURRENT");
    }

    @Test
    void aPullRequestCommentAlwaysHoldsIt() {
        final List<AdopterReport> adopters = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            adopters.add(Samples.adopter(
                    "adopter-" + i,
                    Verdict.REGRESSED,
                    List.of(Samples.cell("hot", "shm", 64, Verdict.REGRESSED, 1.1, 16, "a reason ".repeat(50)))));
        }
        final String text = markdown.write(Samples.report(adopters, Samples.trust(0, 0, 0, 0), List.of()));

        assertThat(text).hasSizeBetween(50_000, ReportMarkdown.LIMIT);
        assertThat(text).containsPattern("\\n\\d+ more are in `report.html`\\.").contains("./maar run --a v1.4.0");
        assertThat(markdown.write(Samples.hostile())).hasSizeLessThan(ReportMarkdown.LIMIT);
    }

    @Test
    void nothingInATextIsObeyed() {
        final String text = markdown.write(Samples.hostile());
        final String outsideCode = text.replaceAll("(?s)\\n(````+)text\\n.*?\\n\\1\\n", "\n")
                .replaceAll("(?s)\\n```text\\n.*?\\n```\\n", "\n")
                .replaceAll("(?<![\\\\`])(`+)(?!`).*?(?<!`)\\1(?!`)", "CODE")
                .replace("\\`", "");

        assertThat(outsideCode)
                .doesNotContain("@everyone")
                .doesNotContain("<script")
                .doesNotContain("#1 ")
                .doesNotContainPattern("(?<!\\\\)\\]\\(")
                .doesNotContain("`");
        assertThat(text).doesNotContain("\u001b").doesNotContain("\u202e").doesNotContain("\u0000");
        assertThat(text).doesNotContain("NaN").doesNotContain("Infinity");
    }

    @Test
    void aRowOfATableHasAsManyCellsAsItsHead() {
        final String text = markdown.write(Samples.hostile());

        assertThat(text.lines().filter(line -> line.startsWith("| broken | `")))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.split("(?<!\\\\)\\|", -1)).hasSize(11));
    }

    @Test
    void codeSpansHoldAnyBackticks() {
        assertThat(Markdown.code("a`b``c", 80)).isEqualTo("```a`b``c```");
        assertThat(Markdown.code("`a", 80)).isEqualTo("`` `a ``");
        assertThat(Markdown.code("a|b", 80)).isEqualTo("`a\\|b`");
        assertThat(Markdown.code(" \n ", 80)).isEqualTo("-");
        assertThat(Markdown.block("x\n````\ny", 80)).isEqualTo("\n`````text\nx\n````\ny\n`````\n");
    }

    @Test
    void proseLosesItsMeaningButNotItsWords() {
        assertThat(Markdown.prose("@me see #12 at https://x.y <b> *a* www.x.y", 200))
                .isEqualTo("@\u200bme see \\#\u200b12 at https:\u200b//x.y &lt;b&gt; \\*a\\* www\u200b.x.y");
    }
}
