package dev.maar.agent.fork;

import java.time.Duration;

/**
 * How long a reply may take.
 *
 * @param silence after this the fork counts as hanging
 * @param alarmAfter after this the alarm is called, once, and the waiting goes on
 * @param alarm what to do then
 */
public record Patience(Duration silence, Duration alarmAfter, Runnable alarm) {

    /**
     * Patience without an alarm.
     *
     * @param silence after this the fork counts as hanging
     * @return the patience
     */
    public static Patience of(final Duration silence) {
        return new Patience(silence, silence, () -> {});
    }
}
