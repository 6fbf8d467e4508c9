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
        final Map<String, List<String>> larger = further(fields, "larger");
        final Map<String, List<String>> more = further(fields, "more");
        final AdopterManifest.Jig jig = new AdopterManifest.Jig(name, program, cases, larger, more, places.jig(fields));
        requireFew(fields, jig);
        requireKnown(fields, "larger", larger, "cases", cases);
        requireKnown(fields, "more", more, "cases", cases);
        requireApart(fields, "more", more, "larger", larger);
        return jig;
    }

    private static Map<String, List<String>> further(final Fields fields, final String key) {
        return fields.optional(key).map(value -> cases(fields, key, value)).orElse(Map.of());
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

    private static void requireFew(final Fields fields, final AdopterManifest.Jig jig) {
        long product = 1;
        for (final Map.Entry<String, List<String>> setting : jig.cases().entrySet()) {
            final int values = setting.getValue().size()
                    + jig.larger().getOrDefault(setting.getKey(), List.of()).size()
                    + jig.more().getOrDefault(setting.getKey(), List.of()).size();
            product = Math.min(product * Math.max(1, values), MOST_CASES + 1);
        }
        if (product > MOST_CASES) {
            fields.problems()
                    .add(fields.line("cases"), "more than " + MOST_CASES + " cases; leave some out, or write two jigs");
        }
    }

    private static void requireKnown(
            final Fields fields,
            final String key,
            final Map<String, List<String>> further,
            final String among,
            final Map<String, List<String>> usual) {
        further.keySet().stream()
                .filter(setting -> usual.getOrDefault(setting, List.of()).isEmpty())
                .forEach(setting -> fields.problems()
                        .add(
                                fields.line(key),
                                "'" + key + "' has setting '" + Shown.text(setting) + "', which '" + among
                                        + "' has not; write what is measured by default there"));
        requireApart(fields, key, further, among, usual);
    }

    private static void requireApart(
            final Fields fields,
            final String key,
            final Map<String, List<String>> further,
            final String other,
            final Map<String, List<String>> there) {
        further.forEach((setting, values) -> values.stream()
                .filter(there.getOrDefault(setting, List.of())::contains)
                .forEach(value -> fields.problems()
                        .add(
                                fields.line(key),
                                "'" + key + "' has '" + Shown.text(value) + "', which '" + other
                                        + "' has too; keep one of them")));
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
