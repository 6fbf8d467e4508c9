package dev.maar.coordinator.manifest;

import dev.maar.agent.job.SubjectRecipe;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads a subject's manifest. */
final class SubjectReader {

    private SubjectReader() {}

    /**
     * Reads it; mistakes go to the fields' problems.
     *
     * @param file the file
     * @param fields its keys
     * @return the manifest; not to be used when there were problems
     */
    static SubjectManifest read(final Path file, final Fields fields) {
        final String name = fields.text("name", TextRule.NAME);
        final String artifact = fields.optionalText("artifact", TextRule.ARTIFACT);
        final Source source = new SourceReader(file).subject(fields);
        if (!fields.has("source") && !fields.has("artifact")) {
            fields.problems()
                    .add(fields.line(), "neither 'source' nor 'artifact' is there; write where the sides come from");
        }
        final String example = "{maven: {module: .}}";
        // Without a source there is nothing to build: the sides are published versions.
        final SubjectRecipe.Build build = (fields.has("source")
                        ? fields.mapping("build", example, SubjectReader::build)
                        : fields.optionalMapping("build", example, SubjectReader::build))
                .orElse(new SubjectRecipe.None());
        final List<String> jvmArgs = fields.optionalTexts("jvmArgs", TextRule.FLAG);
        return new SubjectManifest(file, name, artifact, source, build, jvmArgs);
    }

    private static SubjectRecipe.Build build(final Fields fields) {
        final Optional<String> choice = fields.oneOf(List.of("maven", "command", "none"), "'build'");
        return switch (choice.orElse("")) {
            case "maven" ->
                fields.mapping("maven", "{module: .}", SubjectReader::maven).orElse(new SubjectRecipe.None());
            case "command" ->
                new SubjectRecipe.Command(
                        fields.texts("command", TextRule.ARGUMENT), fields.text("jar", TextRule.GLOB));
            case "none" -> {
                fields.none("none");
                yield new SubjectRecipe.None();
            }
            default -> {
                fields.optional("jar");
                yield new SubjectRecipe.None();
            }
        };
    }

    private static SubjectRecipe.Build maven(final Fields fields) {
        return new SubjectRecipe.Maven(
                fields.text("module", TextRule.MODULE), fields.optionalTexts("arguments", TextRule.ARGUMENT));
    }
}
