package dev.maar.coordinator.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.maar.agent.settings.AgentSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * Where an option's value comes from when it is not on the command line: the environment ({@code MAAR_} and the option's name in
 * upper case, {@code -} as {@code _}), then {@code maar.yaml} in the working directory (the option's name), then the default.
 */
final class SettingsSource implements IDefaultValueProvider {

    private final Map<String, String> environment;
    private final Map<String, String> file;

    private SettingsSource(final Map<String, String> environment, final Map<String, String> file) {
        this.environment = environment;
        this.file = file;
    }

    /** Reads {@code maar.yaml} where there is one. */
    static SettingsSource read(final Path directory, final Map<String, String> environment) throws IOException {
        final Map<String, String> values = new TreeMap<>();
        final Path file = directory.resolve("maar.yaml");
        if (Files.exists(file)) {
            final JsonNode root = new YAMLMapper().readTree(file.toFile());
            if (root != null && !root.isObject() && !root.isMissingNode()) {
                throw new IOException(file + ": must be a mapping of setting names to values");
            }
            if (root != null) {
                root.properties().forEach(entry -> values.put(entry.getKey(), textOf(entry.getValue())));
            }
        }
        return new SettingsSource(environment, values);
    }

    /** Settings in {@code maar.yaml} that no option reads, so that a typing error is not silently ignored. */
    Map<String, String> fromFile() {
        return file;
    }

    /**
     * The agent's settings, from the same two places.
     *
     * @throws IllegalArgumentException when one is no number from 0; says which
     */
    AgentSettings agentSettings() {
        return AgentSettings.read(setting ->
                Optional.ofNullable(environment.getOrDefault(setting.environmentName(), file.get(setting.label()))));
    }

    @Override
    public @Nullable String defaultValue(final ArgSpec argument) {
        if (!(argument instanceof final OptionSpec option)) {
            return null;
        }
        final Optional<String> fromEnvironment = Optional.ofNullable(environment.get(environmentName(option)));
        if (fromEnvironment.isPresent() && option.arity().max() == 0) {
            requireBoolean(option, environmentName(option), fromEnvironment.get());
        }
        return fromEnvironment.orElseGet(() -> file.getOrDefault(settingName(option), option.defaultValue()));
    }

    static String settingName(final OptionSpec option) {
        return option.longestName().replaceFirst("^-+", "");
    }

    static String environmentName(final OptionSpec option) {
        return "MAAR_" + settingName(option).toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private static void requireBoolean(final OptionSpec option, final String name, final String value) {
        if (!value.equals("true") && !value.equals("false")) {
            throw new ParameterException(
                    option.command().commandLine(),
                    "environment variable " + name + " must be true or false, not '" + value + "'");
        }
    }

    private static String textOf(final JsonNode value) {
        if (!value.isArray()) {
            return value.asText();
        }
        final StringBuilder text = new StringBuilder();
        value.forEach(item -> text.append(text.isEmpty() ? "" : ",").append(item.asText()));
        return text.toString();
    }
}
