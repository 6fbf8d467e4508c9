package dev.maar.coordinator.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maar.coordinator.history.Costs.Cost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CostsTest {

    @TempDir
    private Path folder;

    @Test
    void whatIsRememberedIsReadAgain() throws Exception {
        final Path file = folder.resolve("costs.json");
        final Costs costs =
                new Costs(new TreeMap<>(Map.of("app", new Cost(1_500, 20), "measured-only", new Cost(0, 7))));

        assertThat(Costs.read(file).adopters()).isEmpty();
        costs.write(file);

        assertThat(Costs.read(file)).isEqualTo(costs);
        assertThat(costs.stagesMillis("app")).hasValue(1_500);
        assertThat(costs.stagesMillis("measured-only")).isEmpty();
        assertThat(costs.stagesMillis("other")).isEmpty();
    }

    @Test
    void aFileOfAnotherShapeRemembersNothing() throws Exception {
        final Path file = Files.writeString(folder.resolve("costs.json"), "[\"something else\"]");

        assertThat(Costs.read(file).adopters()).isEmpty();
    }
}
