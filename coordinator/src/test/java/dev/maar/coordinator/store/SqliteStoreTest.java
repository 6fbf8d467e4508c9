package dev.maar.coordinator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract, in SQLite; and what is particular to files. */
final class SqliteStoreTest extends StoreContract {

    @TempDir
    private Path folder;

    private final AtomicInteger number = new AtomicInteger();

    @Override
    String freshUrl() {
        return "jdbc:sqlite:" + folder.resolve("store-" + number.incrementAndGet() + ".db");
    }

    @Test
    void commitsReachTheDiskBeforeTheyReturn() throws Exception {
        final Path file = folder.resolve("new/folder/maar.db");
        try (Store store = Store.inFile(file)) {
            assertThat(store.pragma("journal_mode")).isEqualTo("wal");
            assertThat(store.pragma("synchronous")).isEqualTo("2");
        }
    }

    @Test
    void aFileThatIsNoStoreIsNamed() throws Exception {
        final Path file =
                Files.writeString(folder.resolve("text.db"), "this is not a database, it is a text\n".repeat(99));
        assertThatThrownBy(() -> Store.inFile(file))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void anotherKindOfDatabaseIsRefused() {
        assertThatThrownBy(() -> Store.open("jdbc:h2:mem:x"))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("jdbc:sqlite:FILE or jdbc:postgresql://");
    }
}
