package dev.maar.jig.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    @Test
    void everyKindOfValueIsRead() throws Exception {
        final Map<String, Object> read = JsonReader.object(
                " {\"s\":\"a\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\",\"l\":-12,\"big\":12345678901234567890,\"d\":1.5e-1,"
                        + "\"t\":true,\"f\":false,\"n\":null,\"a\":[1,[],{}],\"o\":{\"x\":0}} ");

        final Map<String, Object> expected = new LinkedHashMap<>();
        expected.put("s", "a\"\\/\b\f\n\r\t\u00e9");
        expected.put("l", -12L);
        expected.put("big", 12345678901234567890.0);
        expected.put("d", 0.15);
        expected.put("t", true);
        expected.put("f", false);
        expected.put("n", JsonReader.Null.NULL);
        expected.put("a", List.of(1L, List.of(), Map.of()));
        expected.put("o", Map.of("x", 0L));
        assertThat(read).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "1",
                "{",
                "{}x",
                "{} {}",
                "{'a':1}",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{\"a\":1 \"b\":2}",
                "{\"a\":1,\"a\":2}",
                "{\"a\":01}",
                "{\"a\":-}",
                "{\"a\":1.}",
                "{\"a\":.5}",
                "{\"a\":1e}",
                "{\"a\":+1}",
                "{\"a\":NaN}",
                "{\"a\":tru}",
                "{\"a\":\"x}",
                "{\"a\":\"\n\"}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u00g0\"}",
                "{\"a\":\"\\u0\"}",
                "{\"a\":[1,]}",
                "{\"a\":[1 2]}"
            })
    void whatIsNotJsonIsRefused(final String text) {
        assertThatThrownBy(() -> JsonReader.object(text)).isInstanceOf(JsonException.class);
    }

    @Test
    void deepNestingIsRefusedBeforeTheStackOverflows() {
        final String deep = "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";

        assertThatThrownBy(() -> JsonReader.object(deep)).hasMessageContaining("nested too deeply");
    }

    @Property(tries = 100)
    void whatIsWrittenIsReadBackInOneLineOfAscii(@ForAll final Map<String, String> texts, @ForAll final long number)
            throws Exception {
        final Map<String, Object> object = new LinkedHashMap<>(texts);
        object.put("number", number);
        object.put("inner", texts);
        object.put("truth", true);

        final String line = JsonWriter.line(object);

        assertThat(line).isPrintable().matches("\\p{ASCII}*");
        assertThat(JsonReader.object(line)).isEqualTo(object);
    }
}
