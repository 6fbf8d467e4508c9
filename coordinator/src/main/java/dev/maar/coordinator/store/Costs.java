package dev.maar.coordinator.store;

import dev.maar.agent.job.JobSpec;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;

/** What jobs have taken so far, for planning. Counted with the results, each once. Safe for several threads. */
public final class Costs {

    private final Database database;

    Costs(final Database database) {
        this.database = database;
    }

    /** Jobs that share a key are expected to cost about the same. */
    static String key(final JobSpec job) {
        return job instanceof final JobSpec.Pairs pairs
                ? "pairs " + pairs.cell().id()
                : "stages " + ((JobSpec.Stages) job).adopter().name();
    }

    static void spend(final Handle handle, final String job, final long millis) {
        handle.createUpdate("insert into cost (cost_key, jobs, millis)"
                        + " select cost_key, 1, :millis from job where id = :id"
                        + " on conflict (cost_key) do update"
                        + " set jobs = cost.jobs + 1, millis = cost.millis + excluded.millis")
                .bind("id", job)
                .bind("millis", millis)
                .execute();
    }

    /**
     * How long a job like this took on average.
     *
     * @param job the job
     * @return milliseconds; nothing when there was none like it
     * @throws StoreException when the store can not be read
     */
    public OptionalLong meanMillis(final JobSpec job) throws StoreException {
        return database.inTransaction(
                handle -> handle.createQuery("select millis / jobs from cost where cost_key = :key")
                        .bind("key", key(job))
                        .mapTo(Long.class)
                        .findOne()
                        .map(OptionalLong::of)
                        .orElseGet(OptionalLong::empty));
    }
}
