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
        return new AdopterManifest.Jig(name, program, cases(fields), places.jig(fields));
    }

    private static Map<String, List<String>> cases(final Fields fields) {
        final String example = "{transport: [local, shm]}";
        final Optional<YamlNode> value = fields.required("cases", example);
        if (value.isEmpty()) {
            return Map.of();
        }
        if (!(value.get() instanceof YamlNode.Mapping mapping)) {
            fields.problems()
                    .add(value.get().line(), "'cases' is " + value.get().kind() + "; write " + example);
            return Map.of();
        }
        if (mapping.entries().isEmpty()) {
            fields.problems().add(fields.line("cases"), "'cases' is empty; write at least one, such as " + example);
        }
        final Map<String, List<String>> cases = new LinkedHashMap<>();
        long product = 1;
        for (final YamlNode.Entry entry : mapping.entries()) {
            final List<String> values = values(fields, entry);
            cases.put(entry.key(), values);
            product = Math.min(product * Math.max(1, values.size()), MOST_CASES + 1);
        }
        if (product > MOST_CASES) {
            fields.problems()
                    .add(fields.line("cases"), "more than " + MOST_CASES + " cases; leave some out, or write two jigs");
        }
        return cases;
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
