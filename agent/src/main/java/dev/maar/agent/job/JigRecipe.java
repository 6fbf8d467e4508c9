package dev.maar.agent.job;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/**
 * One jig of an adopter.
 *
 * @param name the jig's name
 * @param program what runs it
 */
public record JigRecipe(String name, Program program) {

    /** What runs a jig. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = JvmJig.class, name = "jvm"),
        @JsonSubTypes.Type(value = ProcessJig.class, name = "process")
    })
    public sealed interface Program {}

    /**
     * A class that implements {@code dev.maar.jig.Jig}.
     *
     * @param className its binary name
     */
    public record JvmJig(String className) implements Program {}

    /**
     * A program that speaks the process jig protocol.
     *
     * @param command the argument list; no shell
     */
    public record ProcessJig(List<String> command) implements Program {
        /** Copies the list. */
        public ProcessJig {
            command = List.copyOf(command);
        }
    }
}
