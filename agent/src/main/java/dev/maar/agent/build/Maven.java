package dev.maar.agent.build;

import dev.maar.agent.sandbox.Launch;
import dev.maar.agent.sandbox.Place;
import dev.maar.agent.source.ContentHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Calls Maven with the farm's own local repository. The user's settings, mirrors and proxies among them, stay in force. Thread-safe. */
final class Maven {

    static final String DEPENDENCY_PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.11.0";
    static final String FLATTEN_PLUGIN = "org.codehaus.mojo:flatten-maven-plugin:1.7.3";

    /** A build lives for seconds: start quickly, never mind the top speed. Not for the tests' own JVMs. */
    private static final String QUICK_JVM = "-XX:TieredStopAtLevel=1 -Xshare:auto -XX:+UseSerialGC";

    private final BuildContext context;

    Maven(final BuildContext context) {
        this.context = context;
    }

    /**
     * One call.
     *
     * @param directory the build's root
     * @param jdk the JDK to run and compile with
     * @param arguments goals, phases and settings
     * @param environment further environment
     * @param log where the output goes
     * @param resolution names what has to be resolved: once a call with the same name succeeded, later ones go offline first
     * @param place what it may change and use when it runs offline
     */
    record Call(
            Path directory,
            Path jdk,
            List<String> arguments,
            Map<String, String> environment,
            Path log,
            String resolution,
            Place place) {}

    /**
     * Runs a call to its end; offline when an earlier one had all it needs, with a second, online, try when that was wrong. In a sandbox
     * it is always offline, and what it then lacks is fetched by {@link MavenFetch}.
     */
    ProgramRun.End run(final Call call, final ProgramRun.Watch watch) throws IOException, InterruptedException {
        if (context.sandbox().confines()) {
            return new MavenFetch(context, this).run(call, watch);
        }
        final Path resolved =
                context.cacheDirectory().resolve("resolved").resolve(ContentHash.ofText(call.resolution()));
        if (Files.exists(resolved)) {
            final ProgramRun.End offline = once(call, List.of("-o"), watch);
            if (offline.succeeded() || !BuildLog.read(call.log()).mentions("offline mode")) {
                return offline;
            }
        }
        ProgramRun.End online = once(call, List.of(), watch);
        if (!online.succeeded() && BuildLog.read(call.log()).mentions("during a previous attempt")) {
            // Maven remembers for a day what it once did not find.
            online = once(call, List.of("-U"), watch);
        }
        if (online.succeeded()) {
            Store.writeAtomically(resolved, new byte[0]);
        }
        return online;
    }

    private ProgramRun.End once(final Call call, final List<String> mode, final ProgramRun.Watch watch)
            throws IOException, InterruptedException {
        return once(call, mode, call.place(), watch);
    }

    /** Runs a call once, in a place, whatever comes of it. */
    ProgramRun.End once(final Call call, final List<String> mode, final Place place, final ProgramRun.Watch watch)
            throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>();
        command.add(context.settings().maven());
        command.addAll(List.of("-B", "-ntp", "-Dstyle.color=never"));
        command.addAll(mode);
        command.add("-Dmaven.repo.local=" + context.repository().directory());
        command.addAll(call.arguments());
        final Map<String, String> environment = environment(call.jdk(), call.directory());
        environment.put("MAVEN_OPTS", QUICK_JVM);
        environment.put("MAVEN_SKIP_RC", "1");
        // Without it Maven looks for .mvn upwards, and finds that of a checkout around the cache.
        environment.put("MAVEN_BASEDIR", call.directory().toString());
        environment.putAll(call.environment());
        final Launch launch = Launch.logged(command, call.directory(), environment, call.log());
        return ProgramRun.run(context.sandbox().confine(launch, place), context.reaper(), watch);
    }

    /** What every build sees: a JDK first on the path, and no git repository around its folder. */
    static Map<String, String> environment(final Path jdk, final Path directory) {
        final Map<String, String> environment = new HashMap<>(Launch.plainEnvironment());
        environment.put("JAVA_HOME", jdk.toString());
        environment.put("PATH", jdk.resolve("bin") + ":" + environment.getOrDefault("PATH", "/usr/bin:/bin"));
        environment.put(
                "GIT_CEILING_DIRECTORIES",
                String.valueOf(directory.toAbsolutePath().getParent()));
        return environment;
    }
}
