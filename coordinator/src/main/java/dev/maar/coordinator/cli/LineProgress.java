package dev.maar.coordinator.cli;

/** Progress as plain lines, for logs and pipes: what is decided, and now and then how far it is. Safe for several threads. */
final class LineProgress implements ShownProgress {

    private static final long EVERY_NANOS = 30_000_000_000L;

    private final Console console;
    private long lastTold = System.nanoTime();
    private String doing = "";

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
    public synchronized void pairs(final int done, final int planned) {
        final long now = System.nanoTime();
        if (now - lastTold > EVERY_NANOS) {
            lastTold = now;
            console.say("  " + done + " of " + planned + " pairs");
        }
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
