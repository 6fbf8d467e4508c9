package dev.maar.agent.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * A program that leads a process group (and session) of its own, so that it and all its children can be frozen, thawed and killed
 * together, and a Ctrl-C in our terminal does not reach them. Linux. One thread may wait while another kills.
 */
public final class ProcessGroup implements AutoCloseable {

    // A stop takes well under a millisecond unless the host is overloaded; then there is no point in spinning.
    private static final int QUICK_LOOKS = 200;

    /** How long the leader of a namespace that was killed may take to end by itself. */
    private static final Duration LEADER_LIMIT = Duration.ofSeconds(2);

    private final Process leader;
    private final Reaper reaper;
    private final LogPump pump;
    private final GroupCpu cpu;
    private final Confinement confinement;
    private final LimitWatch limits;
    private volatile boolean frozen;
    private volatile boolean stopped;
    private volatile long first;

    private ProcessGroup(final Process leader, final Reaper reaper, final LogPump pump, final Confinement confinement) {
        this.leader = leader;
        this.reaper = reaper;
        this.pump = pump;
        this.cpu = new GroupCpu(leader.pid());
        this.confinement = confinement;
        this.limits = LimitWatch.start(confinement, this::usage, pump, this::kill);
    }

    /**
     * Starts a program.
     *
     * @param launch what to start
     * @param reaper who kills it if we die
     * @return the running group
     * @throws IOException when it can not be started
     */
    public static ProcessGroup start(final Launch launch, final Reaper reaper) throws IOException {
        final List<String> command = new ArrayList<>();
        // Our child leads no group yet, so setsid makes it a leader without a further fork: its pid is the group's id.
        command.add("setsid");
        command.addAll(launch.command());
        final ProcessBuilder builder = new ProcessBuilder(command);
        builder.directory(launch.directory().toFile());
        builder.environment().clear();
        builder.environment().putAll(launch.environment());
        builder.redirectErrorStream(!launch.outputPiped());
        Files.createDirectories(launch.log().toAbsolutePath().getParent());
        final Process leader = builder.start();
        try {
            reaper.watch(leader.pid());
            awaitGroup(leader);
            final InputStream logged = launch.outputPiped() ? leader.getErrorStream() : leader.getInputStream();
            final LogPump pump = LogPump.start(logged, launch.log(), launch.logLimitBytes());
            return new ProcessGroup(leader, reaper, pump, launch.confinement());
        } catch (final IOException e) {
            leader.destroyForcibly();
            throw e;
        }
    }

    /** Until the child has become a leader there is no group that could be frozen or killed; that takes it a moment. */
    private static void awaitGroup(final Process leader) {
        while (leader.isAlive() && !Signals.toGroup(leader.pid(), Signals.NONE)) {
            Thread.onSpinWait();
        }
    }

    /**
     * The group's id, which is its leader's process id.
     *
     * @return the id
     */
    public long id() {
        return leader.pid();
    }

    /**
     * The leader's standard input.
     *
     * @return the stream to write to
     */
    public OutputStream input() {
        return leader.getOutputStream();
    }

    /**
     * The leader's standard output, for a piped launch.
     *
     * @return the stream to read from
     */
    public InputStream output() {
        return leader.getInputStream();
    }

    /** Stops every process of the group. Returns when the signal is sent; a no-op on a group that has ended. */
    public void freeze() {
        frozen = true;
        stopped = false;
        Signals.toGroup(id(), Signals.STOP);
    }

    /**
     * Waits until a frozen group stands still: every thread of the leader has stopped, and so has every child process that was found.
     *
     * @param limit how long to wait at most
     * @return whether it stands still; false when the leader has ended or did not stop in time
     * @throws InterruptedException when interrupted meanwhile
     */
    public boolean awaitFrozen(final Duration limit) throws InterruptedException {
        final long deadline = System.nanoTime() + limit.toNanos();
        if (confinement.namespace() && !cpu.knowsChildren()) {
            // The leader only waits: what has to stand still is the program, which is its grandchild.
            cpu.lookForProcesses();
        }
        int looks = 0;
        while (!(stopped || (stopped = Signals.hasStopped(id()))) || !cpu.childrenStandStill()) {
            if (!leader.isAlive() || System.nanoTime() > deadline) {
                return false;
            }
            if (++looks > QUICK_LOOKS) {
                Thread.sleep(1);
            } else {
                Thread.onSpinWait();
            }
        }
        return true;
    }

    /** Finds the child processes that the group has by now. Takes milliseconds: the whole of {@code /proc} is looked at. */
    public void lookForProcesses() {
        cpu.lookForProcesses();
    }

    /**
     * The CPU time of the leader and of the child processes as they were last looked for. A process that came and went in between is
     * missed; one that has ended counts with what was last seen.
     *
     * @return nanoseconds
     */
    public long cpuNanos() {
        return cpu.nanos();
    }

    /**
     * The most memory that the processes had resident, each at its own peak: pages that they share count for each. Processes that were not looked for,
     * or have ended, are left out.
     *
     * @return bytes; -1 when not known
     */
    public long peakMemoryBytes() {
        return cpu.processes().stream()
                .map(ProcessStat::peakMemoryBytes)
                .flatMapToLong(OptionalLong::stream)
                .reduce(Long::sum)
                .orElse(-1);
    }

    /** Lets every process of the group go on; a no-op on a group that has ended. */
    public void thaw() {
        frozen = false;
        Signals.toGroup(id(), Signals.CONTINUE);
    }

    /**
     * Whether the group was frozen and not thawed since.
     *
     * @return true while frozen
     */
    public boolean isFrozen() {
        return frozen;
    }

    /**
     * Whether the leader runs.
     *
     * @return false once it has ended
     */
    public boolean isAlive() {
        return leader.isAlive();
    }

    /**
     * How long the program has logged nothing.
     *
     * @return nanoseconds since the last output that went to the log, or since the start
     */
    public long silentNanos() {
        return pump.silentNanos();
    }

    /**
     * Waits for the leader to end.
     *
     * @param limit how long to wait at most
     * @return its exit code (128 + signal when killed), or nothing when it still runs
     * @throws InterruptedException when interrupted meanwhile
     */
    public OptionalInt await(final Duration limit) throws InterruptedException {
        return leader.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)
                ? OptionalInt.of(leader.exitValue())
                : OptionalInt.empty();
    }

    /**
     * The limit that the program overstepped, and was killed for. Of a program that has ended its work place is looked at once more.
     *
     * @return nothing when it kept to its limits so far
     */
    public Optional<Overstep> overstepped() {
        if (leader.isAlive()) {
            return limits.overstepped();
        }
        limits.stop();
        return leader.exitValue() == 0 ? limits.overstepped() : limits.lastLook();
    }

    /**
     * What holds the program.
     *
     * @return its confinement
     */
    public Confinement confinement() {
        return confinement;
    }

    private Usage usage() {
        if (!confinement.namespace()) {
            return Usage.ofGroup(id());
        }
        return firstOfNamespace() == 0 ? new Usage(0, 0) : Usage.ofNamespace(first);
    }

    /** The first process of the program's namespace, once there is one; 0 before. */
    private long firstOfNamespace() {
        if (first == 0) {
            first = ProcessStat.childrenOf(id()).stream().findFirst().orElse(0L);
        }
        return first;
    }

    /**
     * Kills everything. In a namespace its first process goes first, and with it all others, wherever they went; the leader then takes
     * note of its end, so that no ended process is left behind, which it could not do while it is frozen.
     */
    private void kill() {
        if (confinement.namespace() && leader.isAlive() && firstOfNamespace() != 0) {
            Signals.toProcess(first, Signals.KILL);
            Signals.toGroup(id(), Signals.CONTINUE);
        } else {
            Signals.toGroup(id(), Signals.KILL);
        }
    }

    /**
     * Kills the whole group with SIGKILL, frozen or not, waits for its leader and for the log to be written. Idempotent.
     */
    @Override
    public void close() {
        limits.stop();
        boolean interrupted = false;
        if (confinement.namespace() && leader.isAlive()) {
            kill();
            interrupted = awaitLeader(LEADER_LIMIT);
        }
        final boolean known = Signals.toGroup(id(), Signals.KILL);
        if (!known && leader.isAlive()) {
            // It has not become the leader of a group yet. Not done to one that has ended: it would lose its last
            // output.
            leader.destroyForcibly();
        }
        interrupted |= awaitLeader(Duration.ofDays(1));
        // What became a leader after our first signal is caught by a second.
        Signals.toGroup(id(), Signals.KILL);
        pump.finish();
        try {
            leader.getOutputStream().close();
            reaper.forget(id());
        } catch (final IOException e) {
            // The pipe to a dead process: nothing is left to tell.
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for the leader whatever comes; returns whether an interrupt came meanwhile. */
    private boolean awaitLeader(final Duration limit) {
        final long deadline = System.nanoTime() + limit.toNanos();
        boolean interrupted = false;
        while (true) {
            try {
                leader.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                return interrupted;
            } catch (final InterruptedException e) {
                interrupted = true;
            }
        }
    }
}
