package dev.maar.agent.job;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/**
 * How a subject is built.
 *
 * @param name the subject's name
 * @param artifact Maven coordinates {@code group:artifact} that adopters depend on; empty for other ecosystems
 * @param source the git repository's root on this machine, or what {@code dev.maar.agent.source.Packed} writes of a pack of its trees; empty for a subject of which there are only published versions
 * @param build what to run
 * @param jvmArgs flags that every JVM needs that runs the subject
 */
public record SubjectRecipe(String name, String artifact, String source, Build build, List<String> jvmArgs) {

    /** Copies the list. */
    public SubjectRecipe {
        jvmArgs = List.copyOf(jvmArgs);
    }

    /** The ways to build a subject. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Maven.class, name = "maven"),
        @JsonSubTypes.Type(value = Command.class, name = "command"),
        @JsonSubTypes.Type(value = None.class, name = "none")
    })
    public sealed interface Build {}

    /**
     * A Maven module of the source.
     *
     * @param module the module's folder, {@code .} for the root
     * @param arguments further arguments for Maven
     */
    public record Maven(String module, List<String> arguments) implements Build {
        /** Copies the list. */
        public Maven {
            arguments = List.copyOf(arguments);
        }
    }

    /**
     * A command.
     *
     * @param command the argument list; no shell
     * @param jar a glob, relative to the source, that names the one jar it makes
     */
    public record Command(List<String> command, String jar) implements Build {
        /** Copies the list. */
        public Command {
            command = List.copyOf(command);
        }
    }

    /** Nothing is built; adopters use the source as it is. */
    public record None() implements Build {}
}
