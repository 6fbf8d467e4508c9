package dev.maar.adopters.telemetry;

import dev.maar.transport.PublisherOptions;
import dev.maar.transport.TransportRuntime;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Shows a hub at work: two thermometers report a day's temperatures, the hub prints each quarter of it. */
public final class Main {

    private static final int SENSORS = 2;
    private static final int READINGS_A_DAY = 96;
    private static final int BACKLOG = READINGS_A_DAY;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private Main() {}

    /**
     * Reports and prints.
     *
     * @param arguments none
     */
    public static void main(final String[] arguments) {
        run(System.out);
    }

    static void run(final PrintStream out) {
        try (TransportRuntime runtime = TransportRuntime.launch();
                TelemetryHub hub = new TelemetryHub(runtime, SENSORS, READINGS_A_DAY / 4, stats -> print(out, stats))) {
            for (int sensor = 0; sensor < SENSORS; sensor++) {
                try (Device device = new Device(runtime, PublisherOptions.defaults(), BACKLOG)) {
                    report(device, sensor);
                    device.finish(PATIENCE);
                }
            }
            out.printf("%d readings, %d missing%n", hub.received(), hub.missing());
        }
    }

    private static void report(final Device device, final int sensor) {
        for (int i = 0; i < READINGS_A_DAY; i++) {
            final double celsius = 15 + sensor - 5 * Math.cos(2 * Math.PI * i / READINGS_A_DAY);
            device.report(new Reading(sensor, i, celsius));
        }
    }

    private static void print(final PrintStream out, final WindowStats stats) {
        out.printf(
                Locale.ROOT,
                "sensor %d, window %d: %d readings, %.2f to %.2f, mean %.2f, deviation %.2f%n",
                stats.sensor(),
                stats.window(),
                stats.count(),
                stats.min(),
                stats.max(),
                stats.mean(),
                stats.deviation());
    }
}
