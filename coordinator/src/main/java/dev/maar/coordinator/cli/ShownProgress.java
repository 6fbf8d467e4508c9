package dev.maar.coordinator.cli;

import dev.maar.coordinator.experiment.Progress;

/** Progress that a user sees, until it is closed. */
interface ShownProgress extends Progress, AutoCloseable {

    /** A bar for somebody who watches, lines for a log. */
    static ShownProgress on(final Console console) {
        return console.terminal() && !console.quiet() ? new BarProgress(console) : new LineProgress(console);
    }

    @Override
    void close();
}
