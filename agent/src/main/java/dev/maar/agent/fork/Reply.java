package dev.maar.agent.fork;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** One reply line of the process jig protocol, read strictly where it counts; what it says beyond the protocol is ignored. */
final class Reply {

    private static final ObjectReader READER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();

    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,18}");

    private final JsonNode node;

    private Reply(final JsonNode node) {
        this.node = node;
    }

    /** The line is not a reply. */
    static final class NotAReplyException extends Exception {

        private static final long serialVersionUID = 1L;

        NotAReplyException(final String why) {
            super(why);
        }
    }

    static Reply parse(final String line) throws NotAReplyException {
        try {
            final JsonNode node = READER.readTree(line);
            if (!node.isObject()) {
                throw new NotAReplyException("it is not a JSON object");
            }
            return new Reply(node);
        } catch (final JsonProcessingException e) {
            throw new NotAReplyException("it is not JSON");
        }
    }

    /** The error, if the fork reports one. */
    Optional<String> error() {
        return node.path("error").isTextual() ? Optional.of(node.path("error").textValue()) : Optional.empty();
    }

    /** The kind of the error, as far as the fork says. */
    String kind() {
        return node.path("kind").asText("");
    }

    void requireTrue(final String name) throws NotAReplyException {
        if (!node.path(name).isBoolean() || !node.path(name).booleanValue()) {
            throw new NotAReplyException("it does not say \"" + name + "\":true");
        }
    }

    long whole(final String name, final long least) throws NotAReplyException {
        final JsonNode value = node.path(name);
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < least) {
            throw new NotAReplyException("it has no whole number \"" + name + "\" of at least " + least);
        }
        return value.longValue();
    }

    /** A whole number that is not owed; -1 when it is missing. */
    long wholeIfThere(final String name) {
        final JsonNode value = node.path(name);
        return value.isIntegralNumber() && value.canConvertToLong() ? Math.max(-1, value.longValue()) : -1;
    }

    /** Counts by whole number, neither of them negative; empty when they are missing. */
    Map<Long, Long> counts(final String name) throws NotAReplyException {
        final JsonNode counts = node.path(name);
        final Map<Long, Long> byNumber = new TreeMap<>();
        if (counts.isMissingNode()) {
            return byNumber;
        }
        if (!counts.isObject()) {
            throw new NotAReplyException("its \"" + name + "\" is not an object of counts");
        }
        for (final Map.Entry<String, JsonNode> count : counts.properties()) {
            if (!WHOLE.matcher(count.getKey()).matches()
                    || !count.getValue().canConvertToLong()
                    || !count.getValue().isIntegralNumber()
                    || count.getValue().longValue() < 0) {
                throw new NotAReplyException(
                        "its \"" + name + "\" is to be counts by nanoseconds, such as {\"850\":12}");
            }
            byNumber.put(Long.valueOf(count.getKey()), count.getValue().longValue());
        }
        return byNumber;
    }

    String text(final String name) throws NotAReplyException {
        if (!node.path(name).isTextual()) {
            throw new NotAReplyException("it has no text \"" + name + "\"");
        }
        return node.path(name).textValue();
    }

    /** What the fork attests, by name; empty when it attests nothing. */
    Map<String, String> attest() throws NotAReplyException {
        final JsonNode attest = node.path("attest");
        final Map<String, String> facts = new TreeMap<>();
        if (attest.isMissingNode()) {
            return facts;
        }
        if (!attest.isObject()) {
            throw new NotAReplyException("its \"attest\" is not an object");
        }
        for (final Map.Entry<String, JsonNode> fact : attest.properties()) {
            facts.put(fact.getKey(), fact.getValue().asText());
        }
        return facts;
    }
}
