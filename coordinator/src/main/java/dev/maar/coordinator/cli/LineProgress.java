package dev.maar.coordinator.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Progress as plain lines, for logs and pipes: what is decided, and now and then how far it is. Safe for several threads. */
final class LineProgress implements ShownProgress {

    private static final long EVERY_NANOS = 30_000_000_000L;

    private final Console console;
    private long lastTold = System.nanoTime();
    private String doing = "";
    private boolean measuring;
    private OptionalLong firstPair = OptionalLong.empty();
    private int pairsBefore;

    LineProgress(final Console console) {
        this.console = console;
    }

    @Override
    public synchronized void doing(final String what) {
        if (!what.equals(doing)) {
            doing = what;
            console.say("  " + what);
        }
    }

    @Override
    public synchronized void adopters(final int done, final int planned, final Optional<Duration> left) {
        if (done < planned && isTimeToTell()) {
            console.say("  " + done + " of " + planned + " adopters"
                    + left.map(Left::words).orElse(""));
        }
    }

    @Override
    public synchronized void pairs(final int done, final int planned) {
        if (!measuring) {
            measuring = true;
            ProcessHandle.current()
                    .info()
                    .startInstant()
                    .map(start -> Duration.between(start, Instant.now()))
                    .ifPresent(since -> console.say(String.format(
                            Locale.ROOT, "  measuring begins, %.1f s after the start", since.toMillis() / 1e3)));
        }
        if (done > 0 && firstPair.isEmpty()) {
            firstPair = OptionalLong.of(System.nanoTime());
            pairsBefore = done;
        }
        if (isTimeToTell()) {
            console.say("  " + done + " of " + planned + " pairs" + left(done, planned));
        }
    }

    /** By how long those have taken that are done; nothing is known of a single one. */
    private String left(final int done, final int planned) {
        if (firstPair.isEmpty() || done <= pairsBefore) {
            return "";
        }
        final long each = (System.nanoTime() - firstPair.getAsLong()) / (done - pairsBefore);
        return Left.words(Duration.ofNanos(each * (planned - done)));
    }

    private boolean isTimeToTell() {
        final long now = System.nanoTime();
        final boolean due = now - lastTold > EVERY_NANOS;
        lastTold = due ? now : lastTold;
        return due;
    }

    @Override
    public synchronized void said(final String line) {
        console.say("  " + line);
    }

    @Override
    public void close() {
        // Lines need no end.
    }
}
