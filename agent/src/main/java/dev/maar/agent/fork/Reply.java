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

/** One reply line of the process jig protocol, read strictly where it counts; what it says beyond the protocol is ignored. */
final class Reply {

    private static final ObjectReader READER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();

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
