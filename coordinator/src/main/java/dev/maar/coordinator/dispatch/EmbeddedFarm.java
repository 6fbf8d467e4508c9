package dev.maar.coordinator.dispatch;

import dev.maar.agent.build.BuildContext;
import dev.maar.agent.build.BuildProgress;
import dev.maar.agent.build.BuildSettings;
import dev.maar.agent.run.JobRunner;
import dev.maar.agent.run.MachineFacts;
import dev.maar.agent.run.ResidentRunner;
import dev.maar.agent.run.Worker;
import dev.maar.agent.sandbox.Reaper;
import dev.maar.agent.sandbox.Sandbox;
import dev.maar.agent.settings.AgentSettings;
import dev.maar.agent.source.Jdks;
import dev.maar.agent.source.ScratchSpace;
import dev.maar.jig.Jig;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * A whole farm in this process: scratch space, caches, and one agent. What it started is gone when it is closed, or when this process
 * dies in whatever way. For one thread.
 */
public final class EmbeddedFarm implements AutoCloseable {

    /** The embedded agent's id. */
    public static final String AGENT = "local";

    private static final String CACHE = "cache";

    private final Path cache;
    private final Sandbox sandbox;
    private final long cacheBytes;
    private final ScratchSpace scratch;
    private final Reaper reaper;
    private final Jdks jdks;
    private final AgentSettings settings;

    private EmbeddedFarm(
            final Path cache,
            final Sandbox sandbox,
            final long cacheBytes,
            final ScratchSpace scratch,
            final Reaper reaper,
            final Jdks jdks,
            final AgentSettings settings) {
        this.cache = cache;
        this.sandbox = sandbox;
        this.cacheBytes = cacheBytes;
        this.scratch = scratch;
        this.reaper = reaper;
        this.jdks = jdks;
        this.settings = settings;
    }

    /**
     * Opens a farm; removes what dead processes left in the state folder.
     *
     * @param state the folder for caches and scratch, such as {@code .maar}
     * @param sandbox what keeps builds, tests and forks to their place
     * @param cacheBytes how large the kept builds may be in all when the farm closes
     * @param settings the agent's
     * @return the farm
     * @throws IOException when the folder can not be written, or a process not be started
     * @throws InterruptedException when interrupted meanwhile
     */
    public static EmbeddedFarm open(
            final Path state, final Sandbox sandbox, final long cacheBytes, final AgentSettings settings)
            throws IOException, InterruptedException {
        final ScratchSpace scratch = ScratchSpace.open(state.resolve("scratch"));
        final Reaper reaper = Reaper.start();
        reaper.removeAtEnd(scratch.directory());
        return new EmbeddedFarm(
                state.resolve(CACHE), sandbox, cacheBytes, scratch, reaper, Jdks.ofThisMachine(), settings);
    }

    /**
     * What of a farm every program in a sandbox may read.
     *
     * @param state the folder for caches and scratch
     * @return the cache, the jig API and the JDK
     * @throws IOException when the cache can not be made
     */
    public static List<Path> visible(final Path state) throws IOException {
        return List.of(
                Files.createDirectories(state.resolve(CACHE)), jigLibrary(), Path.of(System.getProperty("java.home")));
    }

    /**
     * Where temporary folders are made.
     *
     * @return the scratch space of this farm
     */
    public ScratchSpace scratch() {
        return scratch;
    }

    /**
     * What is kept from run to run.
     *
     * @return the cache folder
     */
    public Path cache() {
        return cache;
    }

    /**
     * The JDKs that sides may name.
     *
     * @return what was found on this machine
     */
    public Jdks jdks() {
        return jdks;
    }

    /**
     * Starts the agent.
     *
     * @param logs where the logs of forks go
     * @param fresh whether everything is built anew, whatever was built before
     * @param doing told what is being done
     * @return the board to post jobs on
     * @throws IOException when the cache can not be made
     * @throws InterruptedException when interrupted meanwhile
     */
    public JobBoard board(final Path logs, final boolean fresh, final Consumer<String> doing)
            throws IOException, InterruptedException {
        return new EmbeddedBoard(runner(AGENT, logs, fresh, doing));
    }

    /**
     * What does jobs here.
     *
     * @param agent the agent's id
     * @param logs where the logs of forks go
     * @param fresh whether everything is built anew, whatever was built before
     * @param doing told what is being done
     * @return the runner, for one thread
     * @throws IOException when the cache can not be made
     * @throws InterruptedException when interrupted meanwhile
     */
    public JobRunner runner(final String agent, final Path logs, final boolean fresh, final Consumer<String> doing)
            throws IOException, InterruptedException {
        return worker(agent, logs, context(fresh, doing), doing);
    }

    /**
     * What does jobs here for somebody who edits the subject and asks again and again.
     *
     * @param logs where the logs of forks go
     * @param fresh whether everything is built anew, whatever was built before
     * @param doing told what is being done
     * @param telling told, in a line, how side b was built
     * @return the runner, for one thread
     * @throws IOException when the cache can not be made
     * @throws InterruptedException when interrupted meanwhile
     */
    public ResidentRunner residentRunner(
            final Path logs, final boolean fresh, final Consumer<String> doing, final Consumer<String> telling)
            throws IOException, InterruptedException {
        final BuildContext context = context(fresh, doing);
        return new ResidentRunner(worker(AGENT, logs, context, doing), context, scratch, telling);
    }

    private BuildContext context(final boolean fresh, final Consumer<String> doing)
            throws IOException, InterruptedException {
        final BuildProgress progress = doing::accept;
        final BuildContext kept = BuildContext.open(
                BuildSettings.defaults(cache, jigLibrary()).withCacheBytes(cacheBytes), sandbox, reaper, progress);
        return fresh ? kept.afresh(scratch.fresh("cache")) : kept;
    }

    private Worker worker(final String agent, final Path logs, final BuildContext context, final Consumer<String> doing)
            throws IOException {
        return new Worker(
                MachineFacts.read(agent, sandbox.label(), jdks.versions()),
                context,
                scratch,
                jdks,
                logs,
                settings,
                doing);
    }

    /** Where this Maar's own jig API is: both sides of every adopter are compiled against it. */
    private static Path jigLibrary() throws IOException {
        try {
            return Path.of(Jig.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (final URISyntaxException e) {
            throw new IOException("can not tell where dev.maar:jig was loaded from", e);
        }
    }

    @Override
    public void close() throws IOException {
        reaper.close();
        scratch.close();
    }
}
