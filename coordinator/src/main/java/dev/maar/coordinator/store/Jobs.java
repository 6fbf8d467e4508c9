package dev.maar.coordinator.store;

import dev.maar.agent.job.Delivery;
import dev.maar.agent.job.JobJson;
import dev.maar.agent.job.JobResult;
import dev.maar.agent.job.JobSpec;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Jobs, who has them, and their results. A job's result counts once: the row of the job changes to done and its result is kept in
 * one transaction, and only for whoever holds the newest token. Safe for several threads and several coordinators.
 */
public final class Jobs {

    private final Database database;
    private final JobJson json;

    Jobs(final Database database, final JobJson json) {
        this.database = database;
        this.json = json;
    }

    /**
     * Keeps a job that is to be done. A job that is known already stays as it is.
     *
     * @param job the job; its experiment must be known
     * @param now the time
     * @throws StoreException when it could not be kept
     */
    public void post(final JobSpec job, final Instant now) throws StoreException {
        final String spec = json.write(job);
        database.use(handle -> handle.createUpdate("insert into job"
                        + " (id, experiment, stage, cost_key, spec, state, owner, token, posted_at)"
                        + " values (:id, :experiment, :stage, :cost, :spec, 'open', '', 0, :now)"
                        + " on conflict (id) do nothing")
                .bind("id", job.id())
                .bind("experiment", job.experiment())
                .bind("stage", job instanceof JobSpec.Pairs ? "measure" : "build")
                .bind("cost", Costs.key(job))
                .bind("spec", spec)
                .bind("now", now.toEpochMilli())
                .execute());
    }

    /**
     * Hands a job out under a new token, which makes all earlier ones stale. Until then the result of an earlier owner still counts, however
     * late it is.
     *
     * @param job the job
     * @param owner the id of the agent that gets it
     * @return the lease; nothing when the job is done or not known
     * @throws StoreException when it could not be kept; then nobody has been handed anything
     */
    public Optional<Lease> lease(final String job, final String owner) throws StoreException {
        return database.inTransaction(handle -> handle.createQuery(
                        "update job set state = 'leased', owner = :owner, token = token + 1"
                                + " where id = :id and state <> 'done' returning spec, owner, token")
                .bind("id", job)
                .bind("owner", owner)
                .map((row, context) -> new Lease(
                        json.read(row.getString("spec"), JobSpec.class), row.getString("owner"), row.getLong("token")))
                .findOne());
    }

    /**
     * Who has what, as far as is known: what a coordinator that starts must assume.
     *
     * @param experiment the experiment
     * @return the jobs that are handed out and not done
     * @throws StoreException when the store can not be read
     */
    public List<Lease> leased(final String experiment) throws StoreException {
        return database.inTransaction(handle -> handle.createQuery(
                        "select spec, owner, token from job where experiment = :experiment and state = 'leased'")
                .bind("experiment", experiment)
                .map((row, context) -> new Lease(
                        json.read(row.getString("spec"), JobSpec.class), row.getString("owner"), row.getLong("token")))
                .list());
    }

    /**
     * Takes a result in.
     *
     * @param delivery the result
     * @param now the time
     * @return what became of it; when it is {@link Recording#RECORDED} it is on disk
     * @throws StoreException when it could not be kept; the agent is to hand it in again
     */
    public Recording record(final Delivery delivery, final Instant now) throws StoreException {
        final String text = json.write(delivery.result());
        return database.inTransaction(handle -> record(handle, delivery, text, now));
    }

    private static Recording record(
            final Handle handle, final Delivery delivery, final String text, final Instant now) {
        final JobResult result = delivery.result();
        // Changing the row first takes its lock, so that of two that come at once one waits and then finds it done.
        final Optional<String> experiment = handle.createQuery("update job set state = 'done'"
                        + " where id = :id and owner = :agent and token = :token and state <> 'done'"
                        + " returning experiment")
                .bind("id", result.job())
                .bind("agent", result.agent())
                .bind("token", delivery.token())
                .mapTo(String.class)
                .findOne();
        if (experiment.isEmpty()) {
            return handle.createQuery(
                                            "select count(*) from result where job = :id and agent = :agent and token = :token")
                                    .bind("id", result.job())
                                    .bind("agent", result.agent())
                                    .bind("token", delivery.token())
                                    .mapTo(Integer.class)
                                    .one()
                            == 1
                    ? Recording.DUPLICATE
                    : Recording.STALE;
        }
        handle.createUpdate("insert into result (job, experiment, agent, token, result, millis, recorded_at)"
                        + " values (:id, :experiment, :agent, :token, :result, :millis, :now)")
                .bind("id", result.job())
                .bind("experiment", experiment.get())
                .bind("agent", result.agent())
                .bind("token", delivery.token())
                .bind("result", text)
                .bind("millis", delivery.millis())
                .bind("now", now.toEpochMilli())
                .execute();
        Costs.spend(handle, result.job(), delivery.millis());
        return Recording.RECORDED;
    }

    /**
     * The result of a job.
     *
     * @param job the job's id
     * @return the one that counts, if there is one
     * @throws StoreException when the store can not be read
     */
    public Optional<JobResult> result(final String job) throws StoreException {
        return database.inTransaction(handle -> handle.createQuery("select result from result where job = :id")
                .bind("id", job)
                .mapTo(String.class)
                .findOne()
                .map(text -> json.read(text, JobResult.class)));
    }

    /**
     * All results of an experiment, in the order in which they came.
     *
     * @param experiment the experiment's id
     * @return one for each job that is done
     * @throws StoreException when the store can not be read
     */
    public List<JobResult> results(final String experiment) throws StoreException {
        return database.inTransaction(handle -> handle.createQuery(
                        "select result from result where experiment = :experiment order by recorded_at, job")
                .bind("experiment", experiment)
                .mapTo(String.class)
                .map(text -> json.read(text, JobResult.class))
                .list());
    }
}
