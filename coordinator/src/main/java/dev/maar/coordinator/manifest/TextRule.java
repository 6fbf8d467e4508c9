package dev.maar.coordinator.manifest;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a text of a manifest may be. The JSON Schema says the same.
 *
 * @param what in words, after "write"
 * @param example one that is right
 * @param pattern what the whole text matches
 * @param kinds which kinds of scalars are taken
 */
record TextRule(String what, String example, Pattern pattern, Set<YamlNode.ScalarKind> kinds) {

    private static final String COORDINATE = "[A-Za-z0-9_][A-Za-z0-9_.-]*";
    private static final String JAVA_NAME = "[A-Za-z_$][A-Za-z0-9_$]*";
    private static final String RELATIVE = "(?!/)(?!~)(?![A-Za-z]:)(?!(?:.*/)?\\.\\.(?:/|$))[^\\x00-\\x1f\\x7f\\\\]+";

    static final TextRule NAME = of(
            "lower-case letters, digits and hyphens, a letter or digit first and 'all' excepted",
            "telemetry-hub",
            "(?!all$)[a-z0-9][a-z0-9-]{0,63}");
    static final TextRule KIND = of("subject or adopter", "adopter", "subject|adopter");
    static final TextRule LINE = of("one line of text", "who it is for", "[^\\x00-\\x1f\\x7f]*\\S[^\\x00-\\x1f\\x7f]*");
    static final TextRule ARTIFACT = of("group:artifact", "org.example:library", COORDINATE + ":" + COORDINATE);
    static final TextRule COORDINATES = of(
            "group:artifact:version, the subject's without a version",
            "org.example:library:1.2",
            COORDINATE + ":" + COORDINATE + "(?::" + COORDINATE + ")?");
    static final TextRule PROPERTY = of("the name of a property", "library.version", "[A-Za-z0-9_.-]+");
    static final TextRule FLAG = of("a flag that begins with a hyphen", "-XX:+UseZGC", "-[^\\x00-\\x1f\\x7f]+");
    static final TextRule CLASS_NAME =
            of("the binary name of a class", "com.example.FanInJig", JAVA_NAME + "(?:\\." + JAVA_NAME + ")*");
    static final TextRule GLOB = of("a glob inside the source, no '..'", "target/*.jar", RELATIVE);
    static final TextRule MODULE = of("a folder inside the source, no '..'", "transport-runtime", RELATIVE);
    static final TextRule PATH = of("a relative path", "apps/telemetry-hub", "[^\\x00-\\x1f\\x7f]+");
    static final TextRule GIT_URL = of(
            "an https, ssh or file URL without a password (git's credential helpers know those)",
            "https://git.example.org/app.git",
            "https?://(?![^/]*@)[^\\s-][^\\s]*|(?:ssh|git|file)://(?![^/]*:[^/]*@)[^\\s-][^\\s]*|[A-Za-z0-9_][A-Za-z0-9_.-]*@[A-Za-z0-9][A-Za-z0-9.-]*:[^\\s-][^\\s]*");
    static final TextRule GIT_REF = of(
            "the full hash of a commit, since a branch or tag moves (`git ls-remote URL` shows them)",
            "8f1c0e2b9a7d46c35e1f0a2b3c4d5e6f70819a2b",
            "[0-9a-f]{40}|[0-9a-f]{64}");
    static final TextRule TEST_ID = of("class#method", "com.example.SlowTest#sometimes", "\\S[^\\x00-\\x1f\\x7f]*");
    static final TextRule DATE = of("a date", "2027-06-30", "[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])");
    static final TextRule DURATION = of("a duration in ms, s, m or h", "10m", Amounts.DURATION.pattern());
    static final TextRule SIZE = of("a size in k, m or g", "512m", Amounts.SIZE.pattern());
    static final TextRule COUNT = new TextRule(
            "a whole number from 1 to 100000",
            "256",
            Pattern.compile("[1-9][0-9]{0,4}|100000"),
            Set.of(YamlNode.ScalarKind.INTEGER));
    static final TextRule ARGUMENT = new TextRule(
            "an argument; of ${...} there are subject.version, subject.jar, subject.dir, subject.repository, side, "
                    + "adopter.dir and work.dir",
            "--version=${subject.version}",
            Pattern.compile(
                    "(?:[^$\\x00]|\\$(?!\\{)|\\$\\{(?:subject\\.(?:version|jar|dir|repository)|side|adopter\\.dir|"
                            + "work\\.dir)\\})+"),
            Set.of(YamlNode.ScalarKind.TEXT, YamlNode.ScalarKind.INTEGER));
    static final TextRule CASE_VALUE = new TextRule(
            "letters, digits, '.', '_', ':', '+' or '-'",
            "shm",
            Pattern.compile("[A-Za-z0-9._:+-]{1,64}"),
            Set.of(
                    YamlNode.ScalarKind.TEXT,
                    YamlNode.ScalarKind.INTEGER,
                    YamlNode.ScalarKind.DECIMAL,
                    YamlNode.ScalarKind.BOOLEAN));

    /** What the name of a case's setting matches. */
    static final Pattern SETTING_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,63}");

    private static TextRule of(final String what, final String example, final String pattern) {
        return new TextRule(what, example, Pattern.compile(pattern), Set.of(YamlNode.ScalarKind.TEXT));
    }
}
