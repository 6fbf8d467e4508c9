package dev.maar.agent.sandbox;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Kills what this process started when this process is no longer there to do so, even after kill -9: a small shell in a session of
 * its own that knows our process groups and scratch folders, and acts when the pipe to it closes. Stopped (frozen) groups are
 * killed like any other. Safe for use by several threads.
 */
public final class Reaper implements AutoCloseable {

    // The script is ours and constant; names reach it as data over standard input.
    private static final String SCRIPT = """
            groups=" "; folders=""
            while IFS= read -r line; do
              verb=${line%% *}; what=${line#* }
              case "$verb" in
                group) groups="$groups$what " ;;
                gone) case "$groups" in *" $what "*) groups="${groups%% $what *} ${groups#* $what }" ;; esac ;;
                folder) folders="$folders$what
            " ;;
              esac
            done
            for group in $groups; do kill -s KILL -- "-$group" 2>/dev/null; done
            printf '%s' "$folders" | while IFS= read -r folder; do rm -rf -- "$folder"; done
            """;

    private final Process shell;
    private final OutputStream line;

    private Reaper(final Process shell) {
        this.shell = shell;
        this.line = shell.getOutputStream();
    }

    /**
     * Starts the shell.
     *
     * @return the reaper
     * @throws IOException when {@code setsid} or {@code sh} can not be started
     */
    public static Reaper start() throws IOException {
        final ProcessBuilder builder = new ProcessBuilder(List.of("setsid", "sh", "-c", SCRIPT));
        builder.environment().clear();
        builder.environment().putAll(Launch.plainEnvironment());
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        return new Reaper(builder.start());
    }

    /**
     * From now on this group is killed when we die.
     *
     * @param group the id of the process group
     * @throws IOException when the shell is gone
     */
    public void watch(final long group) throws IOException {
        tell("group " + group);
    }

    /**
     * This group has ended.
     *
     * @param group the id of the process group
     * @throws IOException when the shell is gone
     */
    public void forget(final long group) throws IOException {
        tell("gone " + group);
    }

    /**
     * From now on this folder is removed when we end, in whatever way. Only for scratch folders that this process made.
     *
     * @param folder the folder, an absolute path without line breaks
     * @throws IOException when the shell is gone
     */
    public void removeAtEnd(final Path folder) throws IOException {
        final String path = folder.toAbsolutePath().normalize().toString();
        if (path.indexOf('\n') >= 0 || folder.toAbsolutePath().getNameCount() < 2) {
            throw new IllegalArgumentException("not a scratch folder: " + path);
        }
        tell("folder " + path);
    }

    private synchronized void tell(final String words) throws IOException {
        line.write((words + "\n").getBytes(StandardCharsets.UTF_8));
        line.flush();
    }

    /** Lets the shell do its work now, and waits for it. */
    @Override
    public void close() {
        try {
            line.close();
            shell.waitFor();
        } catch (final IOException e) {
            shell.destroyForcibly();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
