package dev.maar.coordinator.store;

import dev.maar.agent.job.JobJson;
import dev.maar.coordinator.plan.Plan;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;

/** The experiments of a store. Safe for several threads. */
public final class Experiments {

    private final Database database;
    private final JobJson json;

    Experiments(final Database database, final JobJson json) {
        this.database = database;
        this.json = json;
    }

    /**
     * Keeps a new experiment.
     *
     * @param experiment the experiment; its id must be new
     * @throws StoreException when it could not be kept
     */
    public void add(final StoredExperiment experiment) throws StoreException {
        final String plan = json.write(experiment.plan());
        database.use(handle -> handle.createUpdate("insert into experiment"
                        + " (id, request, plan, folder, state, priority, created_at)"
                        + " values (:id, :request, :plan, :folder, :state, :priority, :created)")
                .bind("id", experiment.plan().id())
                .bind("request", experiment.request())
                .bind("plan", plan)
                .bind("folder", experiment.folder().toString())
                .bind("state", experiment.state().label())
                .bind("priority", experiment.priority())
                .bind("created", experiment.createdAt().toEpochMilli())
                .execute());
    }

    /**
     * Looks an experiment up.
     *
     * @param id its id
     * @return the experiment, if it is known
     * @throws StoreException when the store can not be read
     */
    public Optional<StoredExperiment> find(final String id) throws StoreException {
        return database.inTransaction(handle -> handle.createQuery("select * from experiment where id = :id")
                .bind("id", id)
                .map(this::experiment)
                .findOne());
    }

    /**
     * The experiments that are to go on, the one with the highest priority first, of equal ones the oldest.
     *
     * @return those that are running
     * @throws StoreException when the store can not be read
     */
    public List<StoredExperiment> unfinished() throws StoreException {
        return database.inTransaction(handle -> handle.createQuery(
                        "select * from experiment where state = 'running' order by priority desc, created_at, id")
                .map(this::experiment)
                .list());
    }

    /**
     * Notes how far an experiment is.
     *
     * @param id its id
     * @param state its state from now on
     * @throws StoreException when it could not be kept
     */
    public void became(final String id, final ExperimentState state) throws StoreException {
        database.use(handle -> handle.createUpdate("update experiment set state = :state where id = :id")
                .bind("state", state.label())
                .bind("id", id)
                .execute());
    }

    private StoredExperiment experiment(final ResultSet row, final StatementContext context) throws SQLException {
        return new StoredExperiment(
                row.getString("request"),
                json.read(row.getString("plan"), Plan.class),
                Path.of(row.getString("folder")),
                ExperimentState.of(row.getString("state")),
                row.getInt("priority"),
                Instant.ofEpochMilli(row.getLong("created_at")));
    }
}
