package dev.maar.agent.doctor;

import dev.maar.agent.sandbox.SandboxChoice;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Examines this machine. Has no state; safe for use by several threads. */
public final class Doctor {

    private Doctor() {}

    /**
     * Examines the machine that this JVM runs on.
     *
     * @param stateFolder where Maar keeps its state; made when it is not there
     * @param watch how long CPU times are watched
     * @return what was looked at, tools first
     * @throws InterruptedException when interrupted while watching
     */
    public static List<Finding> examine(final Path stateFolder, final Duration watch) throws InterruptedException {
        final List<Finding> findings = new ArrayList<>(Tools.examine());
        findings.add(sandbox());
        findings.addAll(Room.examine(stateFolder, Path.of("/dev/shm")));
        findings.add(Room.caches(stateFolder.resolve("cache")));
        final Quiet quiet = new Quiet(Path.of("/"), Runtime.getRuntime().availableProcessors());
        final Quiet.CpuTimes earlier = quiet.cpuTimes();
        Thread.sleep(watch.toMillis());
        findings.addAll(quiet.examine(earlier, quiet.cpuTimes()));
        return findings;
    }

    private static Finding sandbox() throws InterruptedException {
        try {
            final SandboxChoice choice = SandboxChoice.of(SandboxChoice.Wish.AUTO, List.of());
            return choice.sandbox().confines()
                    ? Finding.good("sandbox", choice.sandbox().label() + ": " + choice.reason())
                    : Finding.note(
                            "sandbox",
                            choice.reason()
                                    + "; builds and forks see and change what you may, and strangers' need --trust");
        } catch (final SandboxChoice.UnavailableException e) {
            return Finding.note("sandbox", String.valueOf(e.getMessage()));
        }
    }
}
