package dev.maar.coordinator.mcp;

import java.util.Map;

/**
 * Something that a client may have done.
 *
 * @param name its name
 * @param description what it does, what it takes and what comes back, for a reader that is a model
 * @param inputSchema the JSON Schema of its arguments
 * @param action what it does; called from any thread, one call at a time
 */
public record Tool(String name, String description, String inputSchema, Action action) {

    /** Does what a tool is for. */
    @FunctionalInterface
    public interface Action {

        /**
         * Does it.
         *
         * @param arguments what the client gave, as the schema says
         * @return the answer
         * @throws Exception when it can not be done; its message is the client's answer
         */
        Answer on(Map<String, Object> arguments) throws Exception;
    }

    /**
     * What a client reads.
     *
     * @param text JSON, or text
     * @param failed whether it is the description of an error
     */
    public record Answer(String text, boolean failed) {

        /**
         * An answer that is no error.
         *
         * @param text JSON, or text
         * @return the answer
         */
        public static Answer of(final String text) {
            return new Answer(text, false);
        }
    }
}
