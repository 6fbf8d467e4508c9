package dev.maar.agent.build;

import dev.maar.agent.job.SideName;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The variables that an adopter's commands see: {@code ${subject.version}} in arguments, {@code MAAR_SUBJECT_VERSION} in the environment. Immutable. */
public final class SubjectVariables {

    private final Map<String, String> values;

    private SubjectVariables(final Map<String, String> values) {
        this.values = values;
    }

    /**
     * The variables of one adopter on one side.
     *
     * @param subject the side's subject
     * @param repository the farm's Maven repository
     * @param side which side
     * @param adopter the adopter's folder
     * @param work a folder for the command's own files
     * @return the variables
     */
    public static SubjectVariables of(
            final SubjectArtifact subject,
            final FarmRepository repository,
            final SideName side,
            final Path adopter,
            final Path work) {
        final Map<String, String> values = new LinkedHashMap<>();
        values.put("subject.version", subject.version());
        values.put("subject.jar", subject.jar().map(Path::toString).orElse(""));
        values.put("subject.dir", subject.directory().toString());
        values.put("subject.repository", repository.directory().toString());
        values.put("side", side.label());
        values.put("adopter.dir", adopter.toString());
        values.put("work.dir", work.toString());
        return new SubjectVariables(values);
    }

    /**
     * Puts the values into arguments.
     *
     * @param arguments arguments with {@code ${...}} in them
     * @return the arguments with values; what is not one of the variables stays as it is
     */
    public List<String> in(final List<String> arguments) {
        return arguments.stream().map(this::in).toList();
    }

    /**
     * The same for the environment.
     *
     * @return {@code MAAR_SUBJECT_VERSION} and so on
     */
    public Map<String, String> environment() {
        final Map<String, String> environment = new LinkedHashMap<>();
        values.forEach((name, value) ->
                environment.put("MAAR_" + name.replace('.', '_').toUpperCase(Locale.ROOT), value));
        return environment;
    }

    private String in(final String argument) {
        String text = argument;
        for (final Map.Entry<String, String> value : values.entrySet()) {
            text = text.replace("${" + value.getKey() + "}", value.getValue());
        }
        return text;
    }
}
