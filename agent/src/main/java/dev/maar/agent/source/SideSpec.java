package dev.maar.agent.source;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A side as a user writes it: {@code BASE[+jdk=17|25|PATH][+jvm=FLAG]...[+env=K=V]...[+patch=FILE]...}. A {@code +} begins a
 * modifier only before {@code jdk=}, {@code jvm=}, {@code env=} and {@code patch=}, so {@code +jvm=-XX:+UseZGC} and a branch
 * named {@code c++} work. Immutable.
 *
 * @param base what the side starts from
 * @param jdk a JDK's feature version or home; nothing for the one Maar runs on
 * @param jvmArgs flags for this side's forks, in order
 * @param env environment for this side's forks, in the order written
 * @param patches patch files to apply, in order
 */
public record SideSpec(
        Base base, Optional<String> jdk, List<String> jvmArgs, Map<String, String> env, List<String> patches) {

    /** The grammar, for messages. */
    public static final String GRAMMAR =
            "BASE[+jdk=17|25|PATH][+jvm=FLAG]...[+env=K=V]...[+patch=FILE]..., where BASE is a git ref"
                    + " or SHA, CURRENT (the live checkout with its uncommitted edits) or release:VERSION";

    private static final String CURRENT = "CURRENT";
    private static final String RELEASE = "release:";
    private static final Pattern MODIFIER = Pattern.compile("\\+(jdk|jvm|env|patch)=");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /** Copies the collections. */
    public SideSpec {
        jvmArgs = List.copyOf(jvmArgs);
        env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
        patches = List.copyOf(patches);
    }

    /** What a side starts from. */
    public sealed interface Base {}

    /**
     * A commit, named by a git ref, a SHA, or an expression such as {@code HEAD~3}.
     *
     * @param name the name as written
     */
    public record Ref(String name) implements Base {}

    /** The live checkout, with uncommitted edits and files that are neither tracked nor ignored. */
    public record Current() implements Base {}

    /**
     * A published artifact.
     *
     * @param version its version
     */
    public record Release(String version) implements Base {}

    /**
     * Reads a side.
     *
     * @param text as the user wrote it
     * @return the side
     * @throws SourceException when it is not of the grammar; the message says what is allowed
     */
    public static SideSpec parse(final String text) throws SourceException {
        final Matcher modifier = MODIFIER.matcher(text);
        final boolean modified = modifier.find();
        final Base base = base(modified ? text.substring(0, modifier.start()) : text, text);
        Optional<String> jdk = Optional.empty();
        final List<String> jvmArgs = new ArrayList<>();
        final Map<String, String> env = new LinkedHashMap<>();
        final List<String> patches = new ArrayList<>();
        boolean more = modified;
        while (more) {
            final String key = modifier.group(1);
            final int from = modifier.end();
            more = modifier.find();
            final String value = text.substring(from, more ? modifier.start() : text.length());
            if (value.isBlank()) {
                throw refused(text, "+" + key + "= has no value");
            }
            switch (key) {
                case "jdk" -> {
                    if (jdk.isPresent()) {
                        throw refused(text, "+jdk= is there twice");
                    }
                    jdk = Optional.of(value);
                }
                case "jvm" -> jvmArgs.add(value);
                case "env" -> addVariable(text, value, env);
                default -> patches.add(value);
            }
        }
        return new SideSpec(base, jdk, jvmArgs, env, patches);
    }

    /**
     * The side in one line, in the grammar; {@link #parse} gives an equal one back.
     *
     * @return for example {@code main+jdk=25+jvm=-XX:+UseZGC}
     */
    public String text() {
        final StringBuilder text = new StringBuilder();
        if (base instanceof Ref ref) {
            text.append(ref.name());
        } else if (base instanceof Release release) {
            text.append(RELEASE).append(release.version());
        } else {
            text.append(CURRENT);
        }
        jdk.ifPresent(value -> text.append("+jdk=").append(value));
        jvmArgs.forEach(value -> text.append("+jvm=").append(value));
        env.forEach(
                (name, value) -> text.append("+env=").append(name).append('=').append(value));
        patches.forEach(value -> text.append("+patch=").append(value));
        return text.toString();
    }

    private static Base base(final String name, final String text) throws SourceException {
        if (name.isBlank()) {
            throw refused(text, "it names nothing to start from");
        }
        if (name.equals(CURRENT)) {
            return new Current();
        }
        if (name.startsWith(RELEASE)) {
            final String version = name.substring(RELEASE.length());
            if (version.isBlank()) {
                throw refused(text, "release: has no version");
            }
            return new Release(version);
        }
        if (name.startsWith("-") || name.chars().anyMatch(c -> c <= ' ')) {
            throw refused(text, "'" + name + "' can not be a git ref");
        }
        return new Ref(name);
    }

    private static void addVariable(final String text, final String value, final Map<String, String> env)
            throws SourceException {
        final int equals = value.indexOf('=');
        final String name = equals < 0 ? value : value.substring(0, equals);
        if (equals < 0 || !NAME.matcher(name).matches()) {
            throw refused(text, "+env=" + value + " is not +env=NAME=VALUE");
        }
        if (env.put(name, value.substring(equals + 1)) != null) {
            throw refused(text, "+env=" + name + "= is there twice");
        }
    }

    private static SourceException refused(final String text, final String why) {
        return new SourceException("side '" + text + "': " + why + ". A side is " + GRAMMAR + ".");
    }
}
