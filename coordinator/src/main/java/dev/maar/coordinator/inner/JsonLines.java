package dev.maar.coordinator.inner;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.PrintStream;
import java.io.UncheckedIOException;

/** Writes each event as a line of JSON, at once. */
public final class JsonLines implements Telling {

    private final ObjectMapper mapper =
            JsonMapper.builder().addModule(new Jdk8Module()).build();
    private final PrintStream out;

    /**
     * A writer.
     *
     * @param out where to; flushed after each line
     */
    public JsonLines(final PrintStream out) {
        this.out = out;
    }

    @Override
    public void tell(final LoopEvent event) {
        try {
            out.println(mapper.writerFor(LoopEvent.class).writeValueAsString(event));
            out.flush();
        } catch (final JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
