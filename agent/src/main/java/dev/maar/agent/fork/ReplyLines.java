package dev.maar.agent.fork;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * What a fork writes on its standard output, line by line, read by a daemon thread of its own. A line longer than the limit is cut
 * and ends the reading, as does a fork that says far more than it is asked. One thread takes.
 */
final class ReplyLines {

    static final int MOST_BYTES = 128 << 10;
    private static final int MOST_WAITING = 64;

    private final BlockingQueue<Line> lines = new LinkedBlockingQueue<>(MOST_WAITING);
    private final InputStream in;

    private ReplyLines(final InputStream in) {
        this.in = in;
    }

    /**
     * One line, or the end.
     *
     * @param kind which of the two, and whether the line was too long
     * @param text the line; empty at the end
     */
    record Line(Kind kind, String text) {
        enum Kind {
            WHOLE,
            TOO_LONG,
            END
        }
    }

    static ReplyLines of(final InputStream in, final String name) {
        final ReplyLines lines = new ReplyLines(in);
        final Thread reader = new Thread(lines::read, name);
        reader.setDaemon(true);
        reader.start();
        return lines;
    }

    /** Waits for the next line; nothing when none came in time. */
    Optional<Line> poll(final Duration limit) throws InterruptedException {
        return Optional.ofNullable(lines.poll(limit.toNanos(), TimeUnit.NANOSECONDS));
    }

    private void read() {
        final ByteArrayOutputStream line = new ByteArrayOutputStream();
        final byte[] buffer = new byte[8192];
        try {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                for (int i = 0; i < n; i++) {
                    if (buffer[i] != '\n') {
                        line.write(buffer[i]);
                    }
                    final boolean whole = buffer[i] == '\n';
                    if ((whole || line.size() > MOST_BYTES) && !keep(line, whole)) {
                        return;
                    }
                }
            }
        } catch (final IOException e) {
            // The pipe of a fork that was killed: for the taker that is its end.
            line.reset();
        }
        if (line.size() == 0 || keep(line, true)) {
            lines.offer(new Line(Line.Kind.END, ""));
        }
    }

    /** Whether to go on: not after a line that is too long, nor when nobody takes the lines. */
    private boolean keep(final ByteArrayOutputStream line, final boolean whole) {
        final Line.Kind kind = whole ? Line.Kind.WHOLE : Line.Kind.TOO_LONG;
        final boolean kept = lines.offer(new Line(kind, line.toString(StandardCharsets.UTF_8)));
        line.reset();
        return kept && whole;
    }
}
