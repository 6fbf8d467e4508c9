package dev.maar.jig.harness;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The parent's requests, a line each, read by a daemon thread so that the end of the input (the parent is gone) is seen even while
 * the jig hangs. One thread takes.
 */
final class RequestLines {

    static final int MOST_BYTES = 1 << 20;

    private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();
    private final InputStream in;
    private final Runnable atEnd;

    private RequestLines(final InputStream in, final Runnable atEnd) {
        this.in = in;
        this.atEnd = atEnd;
    }

    /**
     * Starts to read.
     *
     * @param in where the requests come from
     * @param atEnd run on the reading thread when the input has ended, after the takers have been told
     * @return the lines
     */
    static RequestLines of(final InputStream in, final Runnable atEnd) {
        final RequestLines lines = new RequestLines(in, atEnd);
        final Thread reader = new Thread(lines::read, "maar requests");
        reader.setDaemon(true);
        reader.start();
        return lines;
    }

    /**
     * Waits for the next request.
     *
     * @return the line, or nothing when the parent is gone
     * @throws InterruptedException when interrupted meanwhile
     */
    Optional<String> take() throws InterruptedException {
        return lines.take();
    }

    private void read() {
        try {
            final ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int b = in.read(); b >= 0 && line.size() < MOST_BYTES; b = in.read()) {
                if (b == '\n') {
                    lines.add(Optional.of(line.toString(StandardCharsets.UTF_8)));
                    line.reset();
                } else {
                    line.write(b);
                }
            }
        } catch (final IOException e) {
            System.err.println("maar: the parent can not be read any more: " + e.getMessage());
        }
        lines.add(Optional.empty());
        atEnd.run();
    }
}
