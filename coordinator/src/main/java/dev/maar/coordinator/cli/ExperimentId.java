package dev.maar.coordinator.cli;

import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.ThreadLocalRandom;

/** Names experiments: by the time they were planned, and something that two planned at once do not share. */
final class ExperimentId {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private ExperimentId() {}

    static String draw(final Clock clock) {
        final int some = ThreadLocalRandom.current().nextInt(1 << 16);
        return TIME.format(clock.instant()) + String.format("-%04x", some);
    }
}
