package dev.maar.agent.source;

import dev.maar.agent.sandbox.Launch;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Calls {@code git} in a folder. Nothing of the caller's {@code GIT_*} environment reaches it, it asks nobody anything, takes no
 * lock it can do without, and runs no hook, file system monitor or maintenance of the repository. Thread-safe.
 */
final class Git {

    private static final List<String> QUIET = List.of(
            "-c", "core.hooksPath=/dev/null",
            "-c", "core.fsmonitor=false",
            "-c", "core.splitIndex=false",
            "-c", "core.sparseCheckout=false",
            "-c", "gc.auto=0",
            "-c", "maintenance.auto=false",
            "-c", "core.quotePath=false",
            "-c", "advice.addEmbeddedRepo=false");

    private final Path directory;
    private final Map<String, String> environment;
    private final Optional<Path> input;

    private Git(final Path directory, final Map<String, String> environment, final Optional<Path> input) {
        this.directory = directory;
        this.environment = Map.copyOf(environment);
        this.input = input;
    }

    /** Git as seen from a folder. */
    static Git in(final Path directory) {
        final Map<String, String> environment = new HashMap<>(Launch.plainEnvironment());
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("GIT_TERMINAL_PROMPT", "0");
        environment.put("GIT_OPTIONAL_LOCKS", "0");
        return new Git(directory, environment, Optional.empty());
    }

    /** The same with a further variable, such as {@code GIT_INDEX_FILE}. */
    Git with(final String name, final String value) {
        final Map<String, String> more = new HashMap<>(environment);
        more.put(name, value);
        return new Git(directory, more, input);
    }

    /** The same with a file as standard input, which is empty otherwise. */
    Git reading(final Path file) {
        return new Git(directory, environment, Optional.of(file));
    }

    /** Runs git and gives what it said, whether it succeeded or not. */
    Answer ask(final String... arguments) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>();
        command.add("git");
        command.addAll(QUIET);
        command.addAll(List.of(arguments));
        final ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        input.ifPresent(file -> builder.redirectInput(file.toFile()));
        final Process process;
        try {
            process = builder.start();
        } catch (final IOException e) {
            throw new IOException("git can not be started in " + directory + "; is it installed?", e);
        }
        try {
            process.getOutputStream().close();
            final CompletableFuture<String> errors =
                    CompletableFuture.supplyAsync(() -> read(process.getErrorStream()), Git::onThread);
            final CompletableFuture<String> output =
                    CompletableFuture.supplyAsync(() -> read(process.getInputStream()), Git::onThread);
            return new Answer(process.waitFor(), output.get(), errors.get().strip());
        } catch (final ExecutionException e) {
            throw new IOException("git's answer can not be read", e);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Runs git, which must succeed. */
    String tell(final String... arguments) throws IOException, InterruptedException, SourceException {
        final Answer answer = ask(arguments);
        if (!answer.succeeded()) {
            throw new SourceException("git " + arguments[0] + " failed in " + directory + ": " + answer.errors());
        }
        return answer.output();
    }

    private static void onThread(final Runnable task) {
        final Thread thread = new Thread(task, "git output");
        thread.setDaemon(true);
        thread.start();
    }

    private static String read(final InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What git said.
     *
     * @param exit its exit code
     * @param output its standard output as it is
     * @param errors its standard error, trimmed
     */
    record Answer(int exit, String output, String errors) {

        boolean succeeded() {
            return exit == 0;
        }

        /** The output without the line break at its end. */
        String line() {
            return output.strip();
        }
    }
}
