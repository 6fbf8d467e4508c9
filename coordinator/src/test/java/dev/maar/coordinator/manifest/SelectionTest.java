package dev.maar.coordinator.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.maar.agent.job.AdopterRecipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SelectionTest {

    private static final List<AdopterManifest> ADOPTERS = List.of(
            adopter("order-gateway", "finance"),
            adopter("telemetry-hub", "streaming"),
            adopter("chat-relay", "streaming"));

    @TempDir
    private Path directory;

    @Test
    void allSelectsEveryAdopterByName() throws SelectionException {
        assertThat(select("all")).containsExactly("chat-relay", "order-gateway", "telemetry-hub");
    }

    @Test
    void namesAndLabelsSelectThoseTheyName() throws SelectionException {
        assertThat(select("telemetry-hub, chat-relay,telemetry-hub")).containsExactly("chat-relay", "telemetry-hub");
        assertThat(select("label:streaming")).containsExactly("chat-relay", "telemetry-hub");
    }

    @Test
    void aFileNamesAdoptersLineByLine() throws SelectionException, IOException {
        final Path file = directory.resolve("adopters.txt");
        Files.writeString(file, "# tonight\n\n  chat-relay \n");

        assertThat(select("file:" + file)).containsExactly("chat-relay");
    }

    @Test
    void everyUnknownNameIsReportedWithNearMatches() {
        assertThatThrownBy(() -> select("telemetry-hug,nothing-like-it"))
                .isInstanceOf(SelectionException.class)
                .hasMessage("unknown adopter 'telemetry-hug'; did you mean 'telemetry-hub'?\n"
                        + "unknown adopter 'nothing-like-it'; there is chat-relay, order-gateway, telemetry-hub");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|the selection is empty",
                "','|the selection is empty",
                "label:|says nothing after the colon",
                "label:stream|no adopter has the label 'stream'; did you mean 'streaming'?",
                "random:0|needs a whole number above 0",
                "random:many|needs a whole number above 0",
                "rnd:3|unknown selection 'rnd:'",
                "file:no/such/file|no/such/file can't be read",
                "top:3|needs stored experiments",
                "failed:x1|needs stored experiments"
            })
    void aSelectionThatSelectsNothingIsAnError(final String text, final String message) {
        assertThatThrownBy(() -> select(text))
                .isInstanceOf(SelectionException.class)
                .hasMessageContaining(message);
    }

    @Test
    void noAdoptersAtAllIsAnError() {
        assertThatThrownBy(() -> Selection.parse("all").select(List.of(), 1, SelectionHistory.NONE))
                .isInstanceOf(SelectionException.class)
                .hasMessageContaining("no adopters to select from");
    }

    @Test
    void historyIsAskedForTopAndFailed() throws SelectionException {
        final SelectionHistory history = new SelectionHistory() {
            @Override
            public List<String> top(final int count) {
                return List.of("telemetry-hub", "gone", "chat-relay", "order-gateway");
            }

            @Override
            public List<String> failed(final String experiment) {
                return List.of(experiment);
            }
        };

        assertThat(names(Selection.parse("top:2").select(ADOPTERS, 1, history)))
                .containsExactly("chat-relay", "telemetry-hub");
        assertThat(names(Selection.parse("failed:chat-relay").select(ADOPTERS, 1, history)))
                .containsExactly("chat-relay");
        assertThatThrownBy(() -> Selection.parse("failed:gone").select(ADOPTERS, 1, history))
                .hasMessageContaining("experiment gone had an adopter that is not here: unknown adopter 'gone'");
    }

    @Property(tries = 100)
    void theSameSeedDrawsTheSameAndOneMoreAdopterChangesAtMostOne(
            @ForAll final long seed, @ForAll @IntRange(min = 1, max = 20) final int count) throws SelectionException {
        final List<AdopterManifest> adopters = new ArrayList<>(IntStream.range(0, 20)
                .mapToObj(number -> adopter("adopter-" + number, "x"))
                .toList());
        final Selection selection = Selection.parse("random:" + count);
        final List<String> drawn = names(selection.select(adopters, seed, SelectionHistory.NONE));
        assertThat(drawn).hasSize(count).doesNotHaveDuplicates();
        assertThat(names(selection.select(adopters, seed, SelectionHistory.NONE)))
                .isEqualTo(drawn);

        adopters.add(adopter("one-more", "x"));
        final List<String> again = names(selection.select(adopters, seed, SelectionHistory.NONE));
        assertThat(again.stream().filter(name -> !drawn.contains(name)).toList())
                .isSubsetOf("one-more");
    }

    @Test
    void differentSeedsDrawDifferently() throws SelectionException {
        final Selection selection = Selection.parse("random:1");
        final List<List<String>> draws = new ArrayList<>();
        for (int seed = 0; seed < 20; seed++) {
            draws.add(names(selection.select(ADOPTERS, seed, SelectionHistory.NONE)));
        }
        assertThat(draws.stream().distinct()).hasSize(3);
    }

    private static List<String> select(final String text) throws SelectionException {
        return names(Selection.parse(text).select(ADOPTERS, 1, SelectionHistory.NONE));
    }

    private static List<String> names(final List<AdopterManifest> adopters) {
        return adopters.stream().map(AdopterManifest::name).toList();
    }

    private static AdopterManifest adopter(final String name, final String label) {
        return new AdopterManifest(
                Path.of(name + ".yaml"),
                name,
                "",
                "transport-runtime",
                new Source.Published(),
                new AdopterRecipe.NoBuild(),
                new AdopterRecipe.NoTest(),
                List.of(),
                List.of(label),
                List.of(),
                AdopterManifest.DEFAULT_TIMEOUTS,
                AdopterManifest.DEFAULT_RESOURCES,
                List.of());
    }
}
