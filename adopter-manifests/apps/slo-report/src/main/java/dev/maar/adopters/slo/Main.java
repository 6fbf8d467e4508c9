package dev.maar.adopters.slo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reports on the logs named on the command line. */
public final class Main {

    private Main() {}

    /** Runs it. */
    public static void main(final String[] logs) throws IOException {
        final SloReport report = new SloReport();
        for (final String log : logs) {
            try (InputStream in = Files.newInputStream(Path.of(log))) {
                report.read(in);
            }
        }
        report.missed(new Objective(99.9, 10_000)).forEach(System.out::println);
    }
}
