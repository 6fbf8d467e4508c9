package dev.maar.adopters.journal.jig;

import dev.maar.adopters.journal.EventJournal;
import dev.maar.jig.Case;
import dev.maar.jig.Check;
import dev.maar.jig.Jig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Events of {@code eventBytes} bytes are appended to a file that has grown already; once it is full it begins anew. An operation is one
 * event. It lives outside the app's source, which knows nothing of it.
 */
public final class AppendJig implements Jig {

    private static final long FILE_BYTES = 1 << 20;

    private Path file;
    private EventJournal journal;
    private UnsafeBuffer event;
    private long appended;
    private long sum;

    @Override
    public void setUp(final Case setting) throws IOException {
        final byte[] bytes = new byte[setting.getInt("eventBytes")];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (setting.seed() + i);
        }
        event = new UnsafeBuffer(bytes);
        file = Files.createTempFile("journal", null);
        journal = new EventJournal(file, FILE_BYTES);
    }

    @Override
    public void run(final long operations) throws IOException {
        for (long i = 0; i < operations; i++) {
            if (journal.bytes() + event.capacity() + 16 > FILE_BYTES) {
                journal.clear();
            }
            sum = sum * 31 + journal.append(event, 0, event.capacity());
            appended++;
        }
    }

    @Override
    public Check check() {
        return Check.of(appended, sum);
    }

    @Override
    public void close() throws IOException {
        if (journal != null) {
            journal.close();
        }
        if (file != null) {
            Files.deleteIfExists(file);
        }
    }
}
