package dev.maar.transport.bench;

import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Answers what asks for an answer, on a thread of its own, until it is stopped. */
final class FarEnd {

    /** Nobody. */
    static final FarEnd NONE = new FarEnd();

    private final CountDownLatch opened = new CountDownLatch(1);
    private final @Nullable Thread thread;
    private volatile boolean stopped;
    private @Nullable End end;

    private FarEnd() {
        thread = null;
    }

    FarEnd(final Contender contender, final int size) {
        thread = new Thread(() -> serve(contender, size), "far");
        thread.setDaemon(true);
    }

    void start() throws InterruptedException {
        if (thread != null) {
            thread.start();
            opened.await();
        }
    }

    private void serve(final Contender contender, final int size) {
        try (End mine = contender.open(false, size, this::answer)) {
            end = mine;
            opened.countDown();
            final Waiting waiting = new Waiting();
            while (!stopped) {
                if (mine.poll() > 0) {
                    waiting.reset();
                } else {
                    waiting.idle();
                }
            }
        }
    }

    private void answer(final byte mark) {
        final End mine = end;
        if (Mark.ANSWER.is(mark) && mine != null) {
            mine.send(Mark.ANSWER);
        }
    }

    void stop() throws InterruptedException {
        stopped = true;
        if (thread != null) {
            thread.join();
        }
    }
}
