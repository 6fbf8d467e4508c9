package dev.maar.coordinator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A session of edits against the real command, in a process of its own. {@code -Dmaar.edits=20} makes it longer: the same kinds of edits over
 * and over.
 */
final class JigWatchTest {

    private static final String SLOWER = EditedWorld.LIBRARY.replace("waste(x, 100)", "waste(x, 1_000)");
    private static final String FASTER = EditedWorld.LIBRARY.replace("waste(x, 100)", "waste(x, 0)");

    @TempDir
    private Path folder;

    private EditedWorld world;
    private Process maar;
    private EditedWorld.Events events;

    @BeforeEach
    void watch() throws Exception {
        world = new EditedWorld(Files.createDirectory(folder.resolve("world")).toRealPath());
        maar = world.start(
                "jig", "app", "--subject", "tiny", "--manifests", "manifests", "--watch", "--json-lines", "-");
        events = new EditedWorld.Events(maar);
        final JsonNode first = events.next("ended");
        assertThat(first.path("verdict").asText()).as(world.errors()).isEqualTo("unchanged");
    }

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void eachEditGetsItsAnswerAndNothingIsLeftBehind() throws Exception {
        final int edits = Integer.getInteger("maar.edits", 7);
        final List<Kind> kinds = List.of(Kind.values());
        final List<Long> descriptors = new ArrayList<>();
        for (int edit = 0; edit < edits; edit++) {
            kinds.get(edit % kinds.size()).tryOut(this, edit);
            // An edit that measures nothing: what the one before it started has ended when it is answered.
            broken(edit);
            descriptors.add(descriptors());
            assertThat(childrenButTheReaper()).as("after edit %d", edit).isEmpty();
        }
        assertThat(descriptors.get(edits - 1))
                .as("open files over the edits: %s", descriptors)
                .isLessThanOrEqualTo(descriptors.get(Math.min(1, edits - 1)) + 8);

        maar.destroy();
        assertThat(maar.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(maar.exitValue()).as(world.errors()).isEqualTo(ExitCode.INTERRUPTED);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(world.processesBut(maar)).isEmpty());
        try (Stream<Path> scratch = Files.list(world.path(".maar/scratch"))) {
            assertThat(scratch.filter(Files::isDirectory)).isEmpty();
        }
    }

    /** The kinds of edits, each with its right answer. */
    private enum Kind {
        SLOWER_LIBRARY {
            @Override
            void tryOut(final JigWatchTest test, final int edit) throws Exception {
                test.world.save(SLOWER);
                assertThat(test.looks()).isEqualTo("slower");
            }
        },
        FASTER_LIBRARY {
            @Override
            void tryOut(final JigWatchTest test, final int edit) throws Exception {
                test.world.save(FASTER);
                assertThat(test.looks()).isEqualTo("faster");
            }
        },
        NO_OPERATION {
            @Override
            void tryOut(final JigWatchTest test, final int edit) throws Exception {
                test.world.save(EditedWorld.LIBRARY + "// edit " + edit + "\n");
                final JsonNode ended = test.events.next("ended");
                assertThat(ended.path("verdict").asText()).isEqualTo("unchanged");
                assertThat(ended.path("words").asText()).contains("byte for byte");
            }
        },
        OTHER_RESULT {
            @Override
            void tryOut(final JigWatchTest test, final int edit) throws Exception {
                test.world.save(EditedWorld.LIBRARY.replace(
                        "return y;\n    }\n    private", "return y + 1;\n    }\n    private"));
                final JsonNode cell = test.events.next("cell");
                assertThat(cell.path("verdict").asText()).isEqualTo("mismatch");
                assertThat(test.events.next("ended").path("exitCode").asInt()).isEqualTo(ExitCode.REGRESSED);
            }
        },
        BROKEN_TEST {
            @Override
            void tryOut(final JigWatchTest test, final int edit) throws Exception {
                test.world.save(EditedWorld.LIBRARY.replace("return 42", "return 41"));
                assertThat(test.events.next("tested").path("newlyFailing"))
                        .map(JsonNode::asText)
                        .containsExactly("app.AnswerTest#isKnown");
            }
        },
        HANG {
            @Override
            void tryOut(final JigWatchTest test, final int edit) throws Exception {
                test.world.save(
                        EditedWorld.LIBRARY.replace("int y = x;", "int y = x; while (answer() == 42) { y++; }"));
                final JsonNode cell = test.events.next("cell");
                assertThat(cell.path("verdict").asText()).isEqualTo("broken");
                assertThat(cell.path("words").asText()).contains("no answer");
                assertThat(test.events.next("ended").path("exitCode").asInt()).isEqualTo(ExitCode.REGRESSED);
            }
        },
        GIVEN_UP_FOR_THE_NEXT {
            @Override
            void tryOut(final JigWatchTest test, final int edit) throws Exception {
                test.world.save(SLOWER);
                test.events.next("pair");
                test.world.save(FASTER);
                assertThat(test.looks()).isEqualTo("faster");
            }
        };

        abstract void tryOut(JigWatchTest test, int edit) throws Exception;
    }

    private String looks() throws InterruptedException {
        return events.next("first").path("glance").path("looks").asText();
    }

    /** An edit that does not compile, whose answer says where; saved once more, the same answer. */
    private void broken(final int edit) throws Exception {
        final String text = EditedWorld.LIBRARY.replace("int y = x;", "int y = nothing" + edit + ";");
        world.save(text);
        JsonNode built = events.next("built");
        while (built.path("passed").asBoolean()) {
            built = events.next("built");
        }
        assertThat(built.path("words").asText()).contains("tiny/Lib.java:[8,").contains("nothing" + edit);
        final JsonNode ended = events.next("ended");
        assertThat(ended.path("verdict").asText()).isEqualTo("regressed");
        assertThat(ended.path("exitCode").asInt()).isEqualTo(ExitCode.REGRESSED);

        world.save(text);
        final JsonNode again = events.next("ended");
        assertThat(again.path("words").asText()).contains("the answer stands");
        assertThat(again.path("verdict").asText()).isEqualTo("regressed");
        assertThat(again.path("exitCode").asInt()).isEqualTo(ExitCode.REGRESSED);
    }

    private long descriptors() throws Exception {
        try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(maar.pid()), "fd"))) {
            return open.count();
        }
    }

    /** The command's own children: whatever of them lives but the shell that cleans up when it dies. */
    private List<String> childrenButTheReaper() {
        return maar.toHandle()
                .descendants()
                .map(child -> child.info().commandLine().orElse(""))
                .filter(line -> line.contains("java"))
                .toList();
    }
}
