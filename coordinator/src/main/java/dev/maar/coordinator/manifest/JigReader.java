package dev.maar.coordinator.manifest;

import dev.maar.agent.job.JigRecipe;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one jig of an adopter's manifest. */
final class JigReader {

    /** How many cases a jig may have; more is a mistake rather than a wish. */
    private static final long MOST_CASES = 1_000;

    private static final String EXAMPLE = "{transport: [local, shm]}";

    private final SourceReader places;

    /** Reads jigs of a manifest file. */
    JigReader(final Path manifest) {
        this.places = new SourceReader(manifest);
    }

    AdopterManifest.Jig read(final Fields fields) {
        final String name = fields.text("name", TextRule.NAME);
        final Optional<String> choice = fields.oneOf(List.of("class", "command"), "a jig");
        final JigRecipe.Program program;
        if (choice.filter("command"::equals).isPresent()) {
            program = new JigRecipe.ProcessJig(fields.texts("command", TextRule.ARGUMENT));
        } else if (choice.isPresent()) {
            program = new JigRecipe.JvmJig(fields.text("class", TextRule.CLASS_NAME));
        } else {
            program = new JigRecipe.ProcessJig(List.of());
        }
        final Map<String, List<String>> cases = fields.required("cases", EXAMPLE)
                .map(value -> cases(fields, "cases", value))
                .orElse(Map.of());
        final Map<String, List<String>> more = fields.optional("more")
                .map(value -> cases(fields, "more", value))
                .orElse(Map.of());
        requireFew(fields, cases, more);
        requireKnown(fields, cases, more);
        return new AdopterManifest.Jig(name, program, cases, more, places.jig(fields));
    }

    private static Map<String, List<String>> cases(final Fields fields, final String key, final YamlNode value) {
        if (!(value instanceof YamlNode.Mapping mapping)) {
            fields.problems().add(value.line(), "'" + key + "' is " + value.kind() + "; write " + EXAMPLE);
            return Map.of();
        }
        if (mapping.entries().isEmpty()) {
            fields.problems().add(fields.line(key), "'" + key + "' is empty; write at least one, such as " + EXAMPLE);
        }
        final Map<String, List<String>> cases = new LinkedHashMap<>();
        mapping.entries().forEach(entry -> cases.put(entry.key(), values(fields, entry)));
        return cases;
    }

    private static void requireFew(
            final Fields fields, final Map<String, List<String>> cases, final Map<String, List<String>> more) {
        long product = 1;
        for (final Map.Entry<String, List<String>> setting : cases.entrySet()) {
            final int values = setting.getValue().size()
                    + more.getOrDefault(setting.getKey(), List.of()).size();
            product = Math.min(product * Math.max(1, values), MOST_CASES + 1);
        }
        if (product > MOST_CASES) {
            fields.problems()
                    .add(fields.line("cases"), "more than " + MOST_CASES + " cases; leave some out, or write two jigs");
        }
    }

    private static void requireKnown(
            final Fields fields, final Map<String, List<String>> cases, final Map<String, List<String>> more) {
        for (final Map.Entry<String, List<String>> setting : more.entrySet()) {
            final List<String> usual = cases.getOrDefault(setting.getKey(), List.of());
            if (usual.isEmpty()) {
                fields.problems()
                        .add(
                                fields.line("more"),
                                "'more' has setting '" + Shown.text(setting.getKey()) + "', which 'cases' has not; "
                                        + "write what is measured by default there");
            }
            setting.getValue().stream()
                    .filter(usual::contains)
                    .forEach(value -> fields.problems()
                            .add(
                                    fields.line("more"),
                                    "'more' has '" + Shown.text(value) + "', which 'cases' has too; keep one of them"));
        }
    }

    private static List<String> values(final Fields fields, final YamlNode.Entry entry) {
        final Problems problems = fields.problems();
        final String shown = "setting '" + Shown.text(entry.key()) + "'";
        if (!TextRule.SETTING_NAME.matcher(entry.key()).matches()) {
            problems.add(
                    entry.line(), shown + " has a bad name; write letters, digits, '.', '_' or '-', a letter first");
        }
        if (!(entry.value() instanceof YamlNode.Sequence list)) {
            problems.add(entry.line(), shown + " is " + entry.value().kind() + "; write a list, such as [local, shm]");
            return List.of();
        }
        if (list.items().isEmpty()) {
            problems.add(entry.line(), shown + " is empty; write at least one value");
        }
        final Set<String> values = new LinkedHashSet<>();
        for (final YamlNode item : list.items()) {
            final String text = fields.text("a value of " + shown, item, TextRule.CASE_VALUE);
            if (!text.isEmpty() && !values.add(text)) {
                problems.add(item.line(), shown + " has '" + text + "' twice; keep one of them");
            }
        }
        return List.copyOf(values);
    }
}
