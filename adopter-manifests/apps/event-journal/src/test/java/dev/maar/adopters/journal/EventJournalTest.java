package dev.maar.adopters.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EventJournalTest {

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void file() {
        file = folder.resolve("journal");
    }

    @Test
    void eventsAreReadBackInOrder() throws IOException {
        try (EventJournal journal = new EventJournal(file, 64)) {
            append(journal, "one");
            append(journal, "two");

            assertThat(events(journal)).containsExactly("one", "two");
        }
    }

    @Test
    void itGrowsAsEventsCome() throws IOException {
        try (EventJournal journal = new EventJournal(file, 64)) {
            for (int i = 0; i < 1000; i++) {
                append(journal, "event " + i);
            }

            assertThat(events(journal)).hasSize(1000).endsWith("event 999");
        }
    }

    @Test
    void whatWasWrittenIsThereAfterReopening() throws IOException {
        try (EventJournal journal = new EventJournal(file, 64)) {
            append(journal, "one");
        }
        try (EventJournal journal = new EventJournal(file, 64)) {
            append(journal, "two");

            assertThat(events(journal)).containsExactly("one", "two");
        }
    }

    private static void append(final EventJournal journal, final String event) throws IOException {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[64]);
        journal.append(buffer, 0, buffer.putStringWithoutLengthAscii(0, event));
    }

    private static List<String> events(final EventJournal journal) {
        final List<String> events = new ArrayList<>();
        journal.read((event, length) -> events.add(event.getStringWithoutLengthAscii(0, length)));
        return events;
    }
}
