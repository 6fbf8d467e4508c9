package dev.maar.agent.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maar.agent.job.Delivery;
import dev.maar.agent.job.JobResult;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SpoolTest {

    @TempDir
    private Path folder;

    @Test
    void resultsWaitOverARestartInTheirOrderUntilTheyAreRemoved() throws Exception {
        Spool.open(folder).put(delivery("one", 1));
        final Spool spool = Spool.open(folder);
        spool.put(delivery("two", 1));
        assertThat(spool.waiting())
                .extracting(Spool.Waiting::delivery)
                .contains(delivery("one", 1), delivery("two", 1));
        spool.remove(spool.waiting().get(0));
        assertThat(Spool.open(folder).waiting()).hasSize(1);
    }

    @Test
    void whatWasHalfWrittenWhenTheProcessWasKilledIsGone() throws Exception {
        Files.writeString(Files.createDirectories(folder).resolve("some.job.1.new"), "{\"result\":{\"kind\"");
        assertThat(Spool.open(folder).waiting()).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void whatCanNotBeReadIsPutAsideAndStopsNobody() throws Exception {
        final Spool spool = Spool.open(folder);
        Files.writeString(folder.resolve("a.json"), "not a result");
        spool.put(delivery("one", 1));
        assertThat(spool.waiting()).extracting(Spool.Waiting::delivery).containsExactly(delivery("one", 1));
        assertThat(folder.resolve("a.json.unreadable")).exists();
    }

    @Test
    void namesThatDifferOnlyInWhatAFileMayNotBeCalledDoNotMeet() throws Exception {
        final Spool spool = Spool.open(folder);
        spool.put(delivery("x/" + "y".repeat(300), 1));
        spool.put(delivery("x:" + "y".repeat(300), 1));
        spool.put(delivery("x/" + "y".repeat(300), 2));
        assertThat(spool.waiting()).hasSize(3);
    }

    private static Delivery delivery(final String job, final long token) {
        return new Delivery(new JobResult.Undone(job, "x", "because"), token, 5);
    }
}
