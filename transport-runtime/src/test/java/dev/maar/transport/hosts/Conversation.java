package dev.maar.transport.hosts;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * What a program on a host says on its standard output, a line "WORD VALUE" at a time, and what it is told. The last
 * value of each word is kept. Thread-safe.
 */
final class Conversation {

    private final Map<String, String> said = new ConcurrentHashMap<>();
    private final Map<String, Consumer<String>> listeners = new ConcurrentHashMap<>();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final BufferedWriter input;
    private final Process process;

    Conversation(final Process process) {
        this.process = process;
        this.input = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        final Thread reader = new Thread(this::listen, "conversation");
        reader.setDaemon(true);
        reader.start();
    }

    private void listen() {
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                final String[] parts = line.split(" ", 2);
                final String value = parts.length > 1 ? parts[1] : "";
                said.put(parts[0], value);
                lines.add(line);
                listeners.getOrDefault(parts[0], ignored -> {}).accept(value);
            }
        } catch (final IOException ended) {
            lines.add("ended: " + ended.getMessage());
        }
    }

    /** The last value of a word. */
    Optional<String> said(final String word) {
        return Optional.ofNullable(said.get(word));
    }

    long number(final String word) {
        return said(word).map(Long::parseLong).orElse(0L);
    }

    /** From now on hears each value of a word. */
    void onSaid(final String word, final Consumer<String> listener) {
        listeners.put(word, listener);
    }

    synchronized void tell(final String line) {
        try {
            input.write(line);
            input.newLine();
            input.flush();
        } catch (final IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** For the message of a test that fails. */
    @Override
    public String toString() {
        final int size = lines.size();
        return "alive " + process.isAlive() + ", said " + lines.subList(Math.max(0, size - 5), size);
    }
}
