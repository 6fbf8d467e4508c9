package dev.maar.coordinator.cli;

import java.time.Duration;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Progress as a bar with the time left, for somebody who watches. Safe for several threads. */
final class BarProgress implements ShownProgress {

    private static final int WIDTH = 99;

    private final Console console;
    private final ProgressBar bar;
    private String built = "";

    BarProgress(final Console console) {
        this.console = console;
        this.bar = new ProgressBarBuilder()
                .setTaskName("pairs")
                .setInitialMax(-1)
                .setStyle(console.colour() ? ProgressBarStyle.COLORFUL_UNICODE_BAR : ProgressBarStyle.ASCII)
                .setConsumer(new ConsoleProgressBarConsumer(console.err(), WIDTH))
                .setUpdateIntervalMillis(500)
                .build();
    }

    @Override
    public synchronized void doing(final String what) {
        bar.setExtraMessage(" " + what + built);
    }

    @Override
    public synchronized void adopters(final int done, final int planned, final Optional<Duration> left) {
        built = done == planned
                ? ""
                : "; " + done + " of " + planned + " adopters"
                        + left.map(Left::words).orElse("");
    }

    @Override
    public synchronized void pairs(final int done, final int planned) {
        bar.setExtraMessage("");
        bar.maxHint(planned);
        bar.stepTo(done);
    }

    @Override
    public synchronized void said(final String line) {
        // The bar stands on the current line: clear it, write above it; the next refresh draws it again below.
        console.err().print("\r\u001b[2K");
        console.err().println("  " + line);
    }

    @Override
    public void close() {
        bar.close();
    }
}
