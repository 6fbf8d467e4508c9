package dev.maar.agent.build;

import dev.maar.agent.sandbox.Place;
import dev.maar.agent.source.FileTrees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs Maven in a sandbox, where code of the build's never has a network. The call itself is offline, with the farm's repository
 * read-only. What it lacks is fetched in steps of its own, which have the network and may write to the repository but run nothing of
 * the build's: first what the POMs name (they alone are copied for that, and not when they bring extensions of Maven), then, by name,
 * what Maven says is still missing. Passwords in the user's settings are only there when a POM of ours fetches.
 */
final class MavenFetch {

    private static final int MOST_FETCHES = 8;
    private static final String NAME = "([A-Za-z0-9_.-]+)";
    /** {@code group:artifact:type[:classifier]:version} in what Maven says of artifacts that are not there. */
    private static final Pattern ARTIFACT =
            Pattern.compile(NAME + ":" + NAME + ":" + NAME + "(?::" + NAME + ")?:" + NAME);

    private static final Pattern EXTENSION = Pattern.compile("<extensions?[\\s/>]");
    private static final Pattern SECRETS =
            Pattern.compile("<(servers|password|passphrase|privateKey)>.*?</\\1>", Pattern.DOTALL);
    private static final String EXTENSION_CLASS_PATH = "maven.ext.class.path";
    private static final Set<String> WITH_VALUE = Set.of("-pl", "-P", "--projects", "--activate-profiles");

    private final BuildContext context;
    private final Maven maven;

    MavenFetch(final BuildContext context, final Maven maven) {
        this.context = context;
        this.maven = maven;
    }

    /** Runs a call to its end, offline, and as often as something could be fetched that it lacked. */
    ProgramRun.End run(final Maven.Call call, final ProgramRun.Watch watch) throws IOException, InterruptedException {
        final List<String> offline = new ArrayList<>(List.of("-o"));
        offline.addAll(settings());
        Set<String> before = Set.of();
        for (int fetches = 0; ; fetches++) {
            final ProgramRun.End end = maven.once(call, offline, call.place(), watch);
            final BuildLog log = BuildLog.read(call.log());
            final Set<String> missing = missing(log);
            if (end.succeeded() || !end.stopped().isEmpty() || missing.isEmpty() || fetches == MOST_FETCHES) {
                return end;
            }
            if (fetches > 0 && missing.equals(before)) {
                return end;
            }
            if (fetches == 0) {
                fetchProject(call, watch);
            } else {
                fetchNamed(call, missing, watch);
                before = missing;
            }
        }
    }

    /** What Maven lacks because it is offline. */
    static Set<String> missing(final BuildLog log) {
        final Set<String> missing = new TreeSet<>();
        for (final String line : log.linesWith("in offline mode")) {
            final Matcher artifact = ARTIFACT.matcher(line.replaceAll("https?://\\S+", ""));
            while (artifact.find()) {
                missing.add(artifact.group());
            }
        }
        return missing;
    }

    private void fetchProject(final Maven.Call call, final ProgramRun.Watch watch)
            throws IOException, InterruptedException {
        final Path folder = temporary();
        try {
            if (!copyPoms(call.directory(), folder)) {
                return;
            }
            final List<String> arguments = new ArrayList<>(options(call.arguments()));
            arguments.add(Maven.DEPENDENCY_PLUGIN + ":go-offline");
            final List<String> mode = new ArrayList<>(List.of("-U", "-fae"));
            mode.addAll(settings());
            fetch(call, folder, arguments, mode, watch);
        } finally {
            FileTrees.delete(folder);
        }
    }

    private void fetchNamed(final Maven.Call call, final Set<String> artifacts, final ProgramRun.Watch watch)
            throws IOException, InterruptedException {
        final Path folder = temporary();
        try {
            Files.writeString(folder.resolve("pom.xml"), pom(artifacts), StandardCharsets.UTF_8);
            fetch(call, folder, List.of(Maven.DEPENDENCY_PLUGIN + ":resolve"), List.of("-U"), watch);
        } finally {
            FileTrees.delete(folder);
        }
    }

    private void fetch(
            final Maven.Call call,
            final Path folder,
            final List<String> arguments,
            final List<String> mode,
            final ProgramRun.Watch watch)
            throws IOException, InterruptedException {
        context.progress().begins("fetching what a build in the sandbox lacks");
        final Path log = call.log().resolveSibling(call.log().getFileName() + ".fetch");
        final List<Path> visible = new ArrayList<>(List.of(call.jdk()));
        if (mode.stream().noneMatch("-s"::equals)) {
            userSettings().ifPresent(file -> {
                visible.add(file);
                visible.add(file.resolveSibling("settings-security.xml"));
            });
        }
        final Place place = Place.toWork(List.of(folder), call.place().limits())
                .seeing(visible)
                .fetchingInto(context.repository().directory());
        final Maven.Call fetch = new Maven.Call(folder, call.jdk(), arguments, Map.of(), log, call.resolution(), place);
        maven.once(fetch, mode, place, watch);
    }

    private Path temporary() throws IOException {
        return Files.createDirectories(context.cacheDirectory()
                .resolve("fetch")
                .resolve(UUID.randomUUID().toString()));
    }

    /** Copies the POMs and nothing else; gives up on POMs with extensions, since those are code that Maven runs. */
    private static boolean copyPoms(final Path from, final Path to) throws IOException {
        for (final Path pom : Glob.files(from, "**/pom.xml")) {
            final String text = Files.readString(pom, StandardCharsets.UTF_8);
            if (bringsExtensions(text)) {
                return false;
            }
            final Path copy = to.resolve(from.relativize(pom).toString());
            Files.createDirectories(copy.getParent());
            Files.writeString(copy, text, StandardCharsets.UTF_8);
        }
        return Files.exists(to.resolve("pom.xml"));
    }

    static boolean bringsExtensions(final String pom) {
        return EXTENSION.matcher(pom).find();
    }

    /** Those of a call's arguments that say what it needs: properties, profiles and modules. None that would bring code along. */
    static List<String> options(final List<String> arguments) {
        final List<String> options = new ArrayList<>();
        boolean value = false;
        for (final String argument : arguments) {
            final boolean named = WITH_VALUE.contains(argument);
            if (value || named || argument.matches("-[DP].+") && !argument.contains(EXTENSION_CLASS_PATH)) {
                options.add(argument);
            }
            value = named && !value;
        }
        return options;
    }

    /** Names the user's settings without passwords, where there are settings. */
    private List<String> settings() throws IOException {
        final Optional<Path> own = userSettings();
        if (own.isEmpty()) {
            return List.of();
        }
        final Path plain = context.cacheDirectory().resolve("settings").resolve("settings.xml");
        Store.writeAtomically(plain, withoutSecrets(Files.readString(own.get())).getBytes(StandardCharsets.UTF_8));
        return List.of("-s", plain.toString());
    }

    static String withoutSecrets(final String settings) {
        return SECRETS.matcher(settings).replaceAll("");
    }

    private static Optional<Path> userSettings() {
        return Optional.of(Path.of(System.getProperty("user.home"), ".m2", "settings.xml"))
                .filter(Files::isReadable);
    }

    private static String pom(final Set<String> artifacts) {
        final StringBuilder dependencies = new StringBuilder();
        for (final String artifact : artifacts) {
            final String[] parts = artifact.split(":", -1);
            dependencies
                    .append("<dependency><groupId>")
                    .append(parts[0])
                    .append("</groupId><artifactId>")
                    .append(parts[1])
                    .append("</artifactId><version>")
                    .append(parts[parts.length - 1])
                    .append("</version><type>")
                    .append(parts[2])
                    .append("</type>")
                    .append(parts.length == 5 ? "<classifier>" + parts[3] + "</classifier>" : "")
                    .append("</dependency>\n");
        }
        return "<project><modelVersion>4.0.0</modelVersion><groupId>dev.maar.farm</groupId>"
                + "<artifactId>fetch</artifactId><version>1</version><packaging>pom</packaging>\n<dependencies>\n"
                + dependencies + "</dependencies></project>\n";
    }
}
