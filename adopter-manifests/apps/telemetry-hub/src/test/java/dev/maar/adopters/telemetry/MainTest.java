package dev.maar.adopters.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MainTest {

    @Test
    void printsEachQuarterOfTheDayOfEachThermometer() {
        final ByteArrayOutputStream printed = new ByteArrayOutputStream();

        Main.run(new PrintStream(printed, true, StandardCharsets.UTF_8));

        assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                .hasSize(9)
                .startsWith("sensor 0, window 0: 24 readings, 10.00 to 14.67, mean 11.71, deviation 1.52")
                .contains("sensor 1, window 2: 24 readings, 16.33 to 21.00, mean 19.29, deviation 1.52")
                .endsWith("192 readings, 0 missing");
    }
}
