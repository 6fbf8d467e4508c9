package dev.maar.agent.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A sandbox of Linux namespaces, made by bubblewrap. A program in it sees the whole system read-only, but no home folders, no
 * {@code /run}, and its own {@code /tmp} and {@code /dev/shm}; it has its own process, network, IPC and host names, no capabilities, and
 * a loopback interface as its only network. Its processes stay in one process group of ours, so that they can be frozen, and all of
 * them end when the first does. Immutable.
 *
 * @param program the path of {@code bwrap}
 * @param visible what every program may read, also where it lies in a hidden folder: the farm's own folders, and those of tools
 * @param scratchBytes how large each program's {@code /tmp}, {@code /dev/shm}, home and scratch folder may become
 */
public record Bubblewrap(Path program, List<Path> visible, long scratchBytes) implements Sandbox {

    /** The default size of each folder in memory: 1 GiB. */
    public static final long SCRATCH_BYTES = 1L << 30;

    private static final Path SHARED_MEMORY = Path.of("/dev/shm");
    private static final Path RESOLVER = Path.of("/etc/resolv.conf");
    /** Files with passwords that tools keep beside themselves. */
    private static final List<String> SECRETS = List.of("credentials", "credentials.toml");

    /** Not the names of control groups: JDK 17 fails in a place whose groups are not those that are mounted. */
    private static final List<String> NAMESPACES = List.of(
            "--die-with-parent",
            "--unshare-pid",
            "--unshare-ipc",
            "--unshare-uts",
            "--cap-drop",
            "ALL",
            "--hostname",
            "maar");

    /** Copies the list. */
    public Bubblewrap {
        visible = List.copyOf(visible);
    }

    @Override
    public String label() {
        return "bwrap";
    }

    @Override
    public boolean confines() {
        return true;
    }

    @Override
    public Launch confine(final Launch launch, final Place place) {
        final List<String> command = new ArrayList<>();
        command.add(program.toString());
        command.addAll(NAMESPACES);
        if (!place.network()) {
            command.add("--unshare-net");
        }
        command.addAll(List.of("--ro-bind", "/", "/", "--proc", "/proc", "--dev", "/dev"));
        inMemory(command, SHARED_MEMORY);
        final List<Path> hidden = hidden();
        hidden.forEach(folder -> inMemory(command, folder));
        final List<Path> shown = new ArrayList<>(visible);
        shown.addAll(place.visible());
        if (place.network()) {
            // On many systems a link into /run.
            shown.add(RESOLVER);
        }
        for (final Path path : within(hidden, shown)) {
            bind(command, "--ro-bind", path);
            for (final String secret : SECRETS) {
                if (Files.exists(path.resolve(secret))) {
                    command.addAll(List.of(
                            "--ro-bind", "/dev/null", path.resolve(secret).toString()));
                }
            }
        }
        place.writable().stream().sorted().forEach(path -> bind(command, "--bind", path));
        for (final Path path : place.scratch()) {
            if (path.startsWith(SHARED_MEMORY)) {
                command.addAll(List.of("--dir", path.toString()));
            } else {
                inMemory(command, path);
            }
        }
        command.addAll(List.of("--chdir", launch.directory().toAbsolutePath().toString(), "--"));
        // No single file may outgrow the work place, not even between two looks at its size.
        final long largest =
                Math.max(place.limits().diskBytes(), place.scratch().isEmpty() ? 0 : scratchBytes);
        command.addAll(List.of("prlimit", "--core=0", "--fsize=" + largest, "--"));
        command.addAll(launch.command());
        return launch.held(
                command,
                new Confinement(true, scratchBytes, place.limits(), place.network() ? List.of() : place.writable()));
    }

    @Override
    public Sandbox seeing(final Path folder) {
        final List<Path> more = new ArrayList<>(visible);
        more.add(folder);
        return new Bubblewrap(program, more, scratchBytes);
    }

    private void inMemory(final List<String> command, final Path folder) {
        command.addAll(List.of("--size", Long.toString(scratchBytes), "--tmpfs", folder.toString()));
    }

    private static void bind(final List<String> command, final String how, final Path path) {
        command.addAll(List.of(how, path.toString(), path.toString()));
    }

    /** The folders in which users and services keep what is their own. */
    private static List<Path> hidden() {
        final Set<Path> folders = new LinkedHashSet<>();
        for (final String name :
                List.of("/tmp", "/var/tmp", "/run", "/home", "/root", System.getProperty("user.home"))) {
            final Path folder = Path.of(name);
            if (folder.isAbsolute() && folder.getNameCount() > 0 && Files.isDirectory(folder)) {
                folders.add(real(folder));
            }
        }
        return List.copyOf(folders);
    }

    /** Those of the paths that lie in hidden folders, under their own names and under those that links lead to, outermost first. */
    private static Collection<Path> within(final List<Path> hidden, final List<Path> paths) {
        final Set<Path> within =
                new TreeSet<>(Comparator.comparingInt(Path::getNameCount).thenComparing(Path::toString));
        for (final Path path : paths) {
            for (final Path name : List.of(path.toAbsolutePath().normalize(), real(path))) {
                if (Files.exists(name) && hidden.stream().anyMatch(name::startsWith)) {
                    within.add(name);
                }
            }
        }
        return within;
    }

    private static Path real(final Path path) {
        try {
            return path.toRealPath();
        } catch (final IOException e) {
            return path.toAbsolutePath().normalize();
        }
    }
}
