package dev.maar.agent.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A sandbox, and how it came to be that one.
 *
 * @param sandbox what was chosen
 * @param reason in a few words, for the user and the report
 */
public record SandboxChoice(Sandbox sandbox, String reason) {

    private static final long PROBE_SECONDS = 10;
    private static final List<String> TOOL_FOLDERS = List.of("bin", "shims");

    /** What a user may ask for. */
    public enum Wish {
        /** Bubblewrap where it works, else none. */
        AUTO,
        /** Bubblewrap, or an error. */
        BWRAP,
        /** A container a program; not in this version. */
        DOCKER,
        /** None. */
        NONE;

        /**
         * The name as it is written everywhere.
         *
         * @return for example {@code bwrap}
         */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What was asked for can not be had; the message says why and what to do. */
    public static final class UnavailableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnavailableException(final String message) {
            super(message);
        }
    }

    /**
     * Chooses.
     *
     * @param wish what the user asks for
     * @param visible what every program may read although it may lie in a hidden folder; what is on the path need not be named
     * @return the choice
     * @throws UnavailableException when the wish can not be met
     * @throws InterruptedException when interrupted while a sandbox is tried out
     */
    public static SandboxChoice of(final Wish wish, final List<Path> visible)
            throws UnavailableException, InterruptedException {
        return of(wish, visible, System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
    }

    static SandboxChoice of(final Wish wish, final List<Path> visible, final String searchPath)
            throws UnavailableException, InterruptedException {
        return switch (wish) {
            case NONE -> new SandboxChoice(new NoSandbox(), "--sandbox auto makes one where bubblewrap works");
            case DOCKER ->
                throw new UnavailableException(
                        "--sandbox docker: this Maar can not put builds and forks into containers;"
                                + " use bwrap (Debian: apt install bubblewrap), or none");
            case AUTO, BWRAP -> bubblewrap(wish, visible, searchPath);
        };
    }

    private static SandboxChoice bubblewrap(final Wish wish, final List<Path> visible, final String searchPath)
            throws UnavailableException, InterruptedException {
        final Optional<Path> program = find("bwrap", searchPath);
        final Optional<String> fault;
        if (program.isPresent()) {
            final List<Path> all = new ArrayList<>(visible);
            all.addAll(toolFolders(searchPath));
            final Bubblewrap sandbox = new Bubblewrap(program.get(), all, Bubblewrap.SCRATCH_BYTES);
            fault = fault(sandbox);
            if (fault.isEmpty()) {
                return new SandboxChoice(sandbox, wish == Wish.AUTO ? "bubblewrap works here" : "as asked for");
            }
        } else {
            fault = Optional.of("bubblewrap is not installed (Debian: apt install bubblewrap)");
        }
        if (wish == Wish.BWRAP) {
            throw new UnavailableException("--sandbox bwrap: " + fault.get());
        }
        return new SandboxChoice(new NoSandbox(), fault.get());
    }

    private static Optional<Path> find(final String name, final String searchPath) {
        return folders(searchPath).stream()
                .map(folder -> folder.resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static List<Path> folders(final String searchPath) {
        final List<Path> folders = new ArrayList<>();
        for (final String entry : searchPath.split(":", -1)) {
            if (entry.startsWith("/")) {
                folders.add(Path.of(entry));
            }
        }
        return folders;
    }

    /**
     * Where tools are that a user keeps in a home folder: a {@code bin} needs what lies beside it, unless that is all kinds of things.
     */
    private static List<Path> toolFolders(final String searchPath) {
        final Path home = Path.of(System.getProperty("user.home"));
        final List<Path> tools = new ArrayList<>();
        for (final Path folder : folders(searchPath)) {
            final Path parent = Optional.ofNullable(folder.getParent()).orElse(folder);
            final boolean mixed = parent.equals(home) || parent.endsWith(".local") || parent.endsWith(".config");
            tools.add(TOOL_FOLDERS.stream().anyMatch(folder::endsWith) && !mixed ? parent : folder);
        }
        return tools;
    }

    /** Why this machine does not let the sandbox work; nothing when it does. */
    private static Optional<String> fault(final Bubblewrap sandbox) throws InterruptedException {
        final Launch plain = Launch.logged(List.of("true"), Path.of("/"), Map.of(), Path.of("/dev/null"));
        final Launch confined = sandbox.confine(plain, Place.toWork(List.of(), Limits.NONE));
        try {
            final Process process = new ProcessBuilder(confined.command())
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            // It has little to say: that fits into the pipe.
            if (!process.waitFor(PROBE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.of("bubblewrap does not answer");
            }
            final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.exitValue() == 0
                    ? Optional.empty()
                    : Optional.of("bubblewrap does not work here: "
                            + said.lines().findFirst().orElse("exit code " + process.exitValue()));
        } catch (final IOException e) {
            return Optional.of("bubblewrap can not be started: " + e.getMessage());
        }
    }
}
