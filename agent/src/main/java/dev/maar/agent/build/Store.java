package dev.maar.agent.build;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.UUID;

/** Records kept in files that are there whole or not at all. Thread-safe. */
final class Store {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Store() {}

    /** What was kept; nothing when there is no such file, or an older Maar wrote it in another shape. */
    static <T> Optional<T> read(final Path file, final Class<T> type) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(Files.readAllBytes(file), type));
        } catch (final JsonProcessingException e) {
            return Optional.empty();
        }
    }

    static void write(final Path file, final Object record) throws IOException {
        writeAtomically(file, JSON.writeValueAsBytes(record));
    }

    static void writeAtomically(final Path file, final byte[] content) throws IOException {
        final Path partial = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID());
        Files.createDirectories(file.toAbsolutePath().getParent());
        try {
            Files.write(partial, content);
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(partial);
        }
    }
}
