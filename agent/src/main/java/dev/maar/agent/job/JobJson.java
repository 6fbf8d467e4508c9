package dev.maar.agent.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.InjectableValues;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;

/**
 * Job records as JSON, one line each: the form in which they are stored and travel. Every property must be there, but for those that data of
 * earlier versions lack: these name here what stands for them. Safe for use by several threads.
 */
public final class JobJson {

    /** Stands for the notes on the forks of a pair. */
    static final String NO_NOTES = "no notes";

    /** Stands for the size of a subject's artifact. */
    static final String NO_SIZE = "no size";

    /** Stands for the metrics that a plan judges. */
    public static final String ONLY_TIME = "only time";

    /** Stands for the tests that a planned adopter's manifest lists as flaky. */
    public static final String NONE_FLAKY = "none flaky";

    private final ObjectMapper mapper = JsonMapper.builder()
            .injectableValues(new InjectableValues.Std()
                    .addValue(NO_NOTES, new Both<>(ForkNotes.NONE, ForkNotes.NONE))
                    .addValue(NO_SIZE, -1L)
                    .addValue(ONLY_TIME, List.of("time"))
                    .addValue(NONE_FLAKY, List.of()))
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    /**
     * A record as one line of JSON.
     *
     * @param value a record of this package, or made of such
     * @return the line, without a line break at its end
     */
    public String write(final Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (final JsonProcessingException e) {
            throw new IllegalArgumentException("not a record that can be written: " + value.getClass(), e);
        }
    }

    /**
     * A record from its JSON.
     *
     * @param json what {@link #write} wrote
     * @param type the record's type
     * @param <T> the record's type
     * @return the record
     * @throws IllegalArgumentException when the text is not such a record; the message says where
     */
    public <T> T read(final String json, final Class<T> type) {
        try {
            return mapper.readValue(json, type);
        } catch (final JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "not a " + type.getSimpleName() + ": " + e.getOriginalMessage() + " at column "
                            + (e.getLocation() == null ? 0 : e.getLocation().getColumnNr()),
                    e);
        }
    }
}
