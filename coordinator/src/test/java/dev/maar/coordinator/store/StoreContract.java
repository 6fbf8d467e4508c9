package dev.maar.coordinator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.maar.agent.job.Delivery;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a store promises, whatever database it is in. */
abstract class StoreContract {

    private Store store;

    /** The address of an empty database. */
    abstract String freshUrl() throws Exception;

    private String url;

    @BeforeEach
    final void open() throws Exception {
        url = freshUrl();
        store = Store.open(url);
        store.experiments().add(Farm.experiment());
    }

    @AfterEach
    final void close() {
        store.close();
    }

    @Test
    void anExperimentIsFoundAsItWasAddedAlsoByTheNextProcess() throws Exception {
        store.close();
        store = Store.open(url);
        assertThat(store.experiments().find(Farm.PLAN.id())).contains(Farm.experiment());
        assertThat(store.experiments().find("other")).isEmpty();
    }

    @Test
    void onlyRunningExperimentsGoOn() throws Exception {
        assertThat(store.experiments().unfinished()).containsExactly(Farm.experiment());
        store.experiments().became(Farm.PLAN.id(), ExperimentState.COMPLETED);
        assertThat(store.experiments().unfinished()).isEmpty();
    }

    @Test
    void aResultCountsOnceAndIsADuplicateFromThenOn() throws Exception {
        store.jobs().post(Farm.job(1), Farm.NOW);
        final Lease lease = store.jobs().lease(Farm.id(1), "x").orElseThrow();
        assertThat(lease).isEqualTo(new Lease(Farm.job(1), "x", 1));
        assertThat(store.jobs().record(Farm.result(1, "x", 1), Farm.NOW)).isEqualTo(Recording.RECORDED);
        assertThat(store.jobs().record(Farm.result(1, "x", 1), Farm.NOW)).isEqualTo(Recording.DUPLICATE);
        assertThat(store.jobs().results(Farm.PLAN.id()))
                .containsExactly(Farm.result(1, "x", 1).result());
        assertThat(store.jobs().result(Farm.id(1)))
                .contains(Farm.result(1, "x", 1).result());
    }

    @Test
    void whoeverLostTheJobToAnotherIsStaleBeforeAndAfterTheOthersResult() throws Exception {
        store.jobs().post(Farm.job(1), Farm.NOW);
        store.jobs().lease(Farm.id(1), "x");
        assertThat(store.jobs().lease(Farm.id(1), "y").orElseThrow().token()).isEqualTo(2);
        assertThat(store.jobs().record(Farm.result(1, "x", 1), Farm.NOW)).isEqualTo(Recording.STALE);
        assertThat(store.jobs().record(Farm.result(1, "y", 2), Farm.NOW)).isEqualTo(Recording.RECORDED);
        assertThat(store.jobs().record(Farm.result(1, "x", 1), Farm.NOW)).isEqualTo(Recording.STALE);
    }

    @Test
    void aJobThatIsDoneIsHandedToNobodyAgain() throws Exception {
        store.jobs().post(Farm.job(1), Farm.NOW);
        store.jobs().lease(Farm.id(1), "x");
        assertThat(store.jobs().record(Farm.result(1, "x", 1), Farm.NOW)).isEqualTo(Recording.RECORDED);
        assertThat(store.jobs().lease(Farm.id(1), "y")).isEmpty();
    }

    @Test
    void anotherAgentsTokenOrAnUnknownJobIsStale() throws Exception {
        store.jobs().post(Farm.job(1), Farm.NOW);
        store.jobs().lease(Farm.id(1), "x");
        assertThat(store.jobs().record(Farm.result(1, "y", 1), Farm.NOW)).isEqualTo(Recording.STALE);
        assertThat(store.jobs().record(Farm.result(2, "x", 1), Farm.NOW)).isEqualTo(Recording.STALE);
        assertThat(store.jobs().results(Farm.PLAN.id())).isEmpty();
    }

    @Test
    void aJobPostedAgainStaysAsItIs() throws Exception {
        store.jobs().post(Farm.job(1), Farm.NOW);
        store.jobs().lease(Farm.id(1), "x");
        store.jobs().post(Farm.job(1), Farm.NOW.plusMillis(1));
        assertThat(store.jobs().leased(Farm.PLAN.id())).containsExactly(new Lease(Farm.job(1), "x", 1));
    }

    @Test
    void aJobOfAnUnknownExperimentIsRefused() throws Exception {
        store.close();
        store = Store.open(freshUrl());
        assertThatThrownBy(() -> store.jobs().post(Farm.job(1), Farm.NOW))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("the store jdbc:");
    }

    @Test
    void ofManyDeliveriesAtOnceOneCounts() throws Exception {
        final int jobs = 20;
        final int deliveries = 6;
        for (int number = 0; number < jobs; number++) {
            store.jobs().post(Farm.job(number), Farm.NOW);
            store.jobs().lease(Farm.id(number), "x");
        }
        final List<Callable<Recording>> all = new ArrayList<>();
        for (int number = 0; number < jobs; number++) {
            final Delivery delivery = Farm.result(number, "x", 1);
            all.addAll(Collections.<Callable<Recording>>nCopies(
                    deliveries, () -> store.jobs().record(delivery, Farm.NOW)));
        }
        Collections.shuffle(all, new java.util.Random(1));
        final ExecutorService threads = Executors.newFixedThreadPool(deliveries);
        try {
            final List<Recording> answers = new ArrayList<>();
            for (final Future<Recording> answer : threads.invokeAll(all)) {
                answers.add(answer.get());
            }
            assertThat(answers).filteredOn(Recording.RECORDED::equals).hasSize(jobs);
            assertThat(answers).filteredOn(Recording.DUPLICATE::equals).hasSize(jobs * (deliveries - 1));
        } finally {
            threads.shutdownNow();
        }
        assertThat(store.jobs().results(Farm.PLAN.id())).hasSize(jobs);
    }

    @Test
    void costsAreCountedWithTheResultsEachOnce() throws Exception {
        assertThat(store.costs().meanMillis(Farm.job(1))).isEmpty();
        store.jobs().post(Farm.job(1), Farm.NOW);
        store.jobs().lease(Farm.id(1), "x");
        store.jobs().record(Farm.result(1, "x", 1), Farm.NOW);
        store.jobs().record(Farm.result(1, "x", 1), Farm.NOW);
        assertThat(store.costs().meanMillis(Farm.job(2))).isEqualTo(OptionalLong.of(100));
    }

    @Test
    void anAgentIsKnownFromItsFirstToItsLastDay() throws Exception {
        store.agents().seen(Farm.agent("x"), "1", Farm.NOW);
        store.agents().seen(Farm.agent("x"), "2", Farm.NOW.plusSeconds(5));
        assertThat(store.agents().all())
                .containsExactly(new KnownAgent(Farm.agent("x"), "2", Farm.NOW, Farm.NOW.plusSeconds(5)));
    }

    @Test
    void aStoreOfANewerMaarIsRefused() throws Exception {
        store.close();
        try (var connection = java.sql.DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            statement.execute("insert into flyway_schema_history"
                    + " (installed_rank, version, description, type, script, checksum, installed_by, execution_time,"
                    + " success) values (99, '99', 'later', 'SQL', 'V99__later.sql', 1, 'later', 1, "
                    + (url.startsWith("jdbc:sqlite") ? "1" : "true") + ")");
        }
        assertThatThrownBy(() -> Store.open(url))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("written by a newer Maar (schema version 99)");
        store = Store.open(freshUrl());
    }

    @Test
    void whatWasAcknowledgedToAKilledProcessIsThereAndNothingTwice() throws Exception {
        new KilledWriter(url).killAgainAndAgain(4);
    }
}
