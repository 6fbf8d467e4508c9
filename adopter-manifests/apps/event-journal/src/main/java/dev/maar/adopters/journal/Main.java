package dev.maar.adopters.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;

/** Appends its arguments, but for the first, to the journal that the first one names, and says how many events that has. */
public final class Main {

    private Main() {}

    /** Runs it. */
    public static void main(final String[] arguments) throws IOException {
        try (EventJournal journal = new EventJournal(Path.of(arguments[0]), 1 << 16)) {
            for (int i = 1; i < arguments.length; i++) {
                final byte[] event = arguments[i].getBytes(StandardCharsets.UTF_8);
                journal.append(new UnsafeBuffer(event), 0, event.length);
            }
            System.out.println(journal.read((event, length) -> {}) + " events");
        }
    }
}
