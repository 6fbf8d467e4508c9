package dev.maar.agent.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.maar.agent.fork.ReplyLines.Line;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "[1]", "17", "null", "{\"a\":1} x", "{\"a\":1,\"a\":2}", "{\"a\":"})
    void whatIsNotOneJsonObjectIsNoReply(final String line) {
        assertThatThrownBy(() -> Reply.parse(line)).isInstanceOf(Reply.NotAReplyException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"n\":\"5\"}", "{\"n\":5.5}", "{\"n\":0}", "{\"n\":99999999999999999999}"})
    void aNumberThatIsOwedMustBeAWholeOneInItsRange(final String line) throws Exception {
        final Reply reply = Reply.parse(line);

        assertThatThrownBy(() -> reply.whole("n", 1)).isInstanceOf(Reply.NotAReplyException.class);
    }

    @Test
    void whatTheProtocolDoesNotKnowIsIgnored() throws Exception {
        final Reply reply = Reply.parse("{\"ns\":5,\"operations\":2,\"mood\":{\"good\":[true]}}");

        assertThat(reply.whole("ns", 1)).isEqualTo(5);
        assertThat(reply.wholeIfThere("allocatedBytes")).isEqualTo(-1);
        assertThat(reply.error()).isEmpty();
        assertThat(reply.attest()).isEmpty();
    }

    @Test
    void countsAreByWholeNumber() throws Exception {
        final Reply reply = Reply.parse("{\"latencyNs\":{\"850\":12,\"90\":0}}");

        assertThat(reply.counts("latencyNs")).isEqualTo(Map.of(90L, 0L, 850L, 12L));
        assertThat(Reply.parse("{}").counts("latencyNs")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"n\":[850]}",
                "{\"n\":850}",
                "{\"n\":{\"850\":-1}}",
                "{\"n\":{\"850\":1.5}}",
                "{\"n\":{\"-850\":1}}",
                "{\"n\":{\"8.5\":1}}",
                "{\"n\":{\"9999999999999999999\":1}}",
                "{\"n\":{\"850\":99999999999999999999}}"
            })
    void whatIsNoCountsIsNoReply(final String line) throws Exception {
        final Reply reply = Reply.parse(line);

        assertThatThrownBy(() -> reply.counts("n")).isInstanceOf(Reply.NotAReplyException.class);
    }

    @Test
    void attestedFactsAreTexts() throws Exception {
        final Reply reply = Reply.parse("{\"attest\":{\"transport\":\"tcp\",\"streams\":2}}");

        assertThat(reply.attest()).isEqualTo(Map.of("transport", "tcp", "streams", "2"));
    }

    private static ReplyLines lines(final String text) {
        return ReplyLines.of(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "test");
    }

    @Test
    void linesComeOneByOneAndThenTheEnd() throws Exception {
        final ReplyLines lines = lines("one\ntwo\nhalf");

        assertThat(lines.poll(LIMIT)).hasValue(new Line(Line.Kind.WHOLE, "one"));
        assertThat(lines.poll(LIMIT)).hasValue(new Line(Line.Kind.WHOLE, "two"));
        assertThat(lines.poll(LIMIT)).hasValue(new Line(Line.Kind.WHOLE, "half"));
        assertThat(lines.poll(LIMIT)).hasValue(new Line(Line.Kind.END, ""));
    }

    @Test
    void aLineOfTheLongestLengthPassesAndALongerOneIsCut() throws Exception {
        final String longest = "x".repeat(ReplyLines.MOST_BYTES);

        assertThat(lines(longest + "\n").poll(LIMIT)).hasValue(new Line(Line.Kind.WHOLE, longest));
        assertThat(lines(longest + "xx\n").poll(LIMIT).orElseThrow().kind()).isEqualTo(Line.Kind.TOO_LONG);
    }

    @Test
    void quotesAreShortAndWithoutControlCharacters() {
        assertThat(Words.quoted("a\u001b[31m\u202eb")).isEqualTo("\"a.[31m.b\"");
        assertThat(Words.quoted("x".repeat(1_000))).hasSizeLessThan(210).endsWith("...\"");
    }
}
