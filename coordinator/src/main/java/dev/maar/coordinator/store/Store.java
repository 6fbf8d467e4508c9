package dev.maar.coordinator.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.maar.agent.job.JobJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.jdbi.v3.core.Jdbi;

/**
 * The truth about the farm: what was asked, what was handed out to whom, and what counts. What a method has returned from is on disk
 * and outlives a kill. SQLite by default, PostgreSQL for a farm of several coordinators; the same statements on both. Safe for
 * several threads.
 */
public final class Store implements AutoCloseable {

    private static final String SQLITE = "jdbc:sqlite:";
    private static final String POSTGRESQL = "jdbc:postgresql:";
    private static final String MIGRATIONS = "classpath:dev/maar/coordinator/store/migrations";
    private static final int POSTGRESQL_CONNECTIONS = 8;
    private static final int BUSY_MILLIS = 10_000;

    private final HikariDataSource connections;
    private final Database database;
    private final Experiments experiments;
    private final Jobs jobs;
    private final Agents agents;
    private final Costs costs;

    private Store(final HikariDataSource connections, final String name) {
        this.connections = connections;
        this.database = new Database(Jdbi.create(connections), name);
        final JobJson json = new JobJson();
        this.experiments = new Experiments(database, json);
        this.jobs = new Jobs(database, json);
        this.agents = new Agents(database, json);
        this.costs = new Costs(database);
    }

    /**
     * Opens a store of SQLite's; makes it when it is not there, and brings it to this Maar's schema.
     *
     * @param file the file; further ones with its name and an ending lie beside it
     * @return the store
     * @throws StoreException when the file can not be written, or was written by a newer Maar
     */
    public static Store inFile(final Path file) throws StoreException {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
        } catch (final IOException e) {
            throw new StoreException("the store's folder can not be made: " + e.getMessage(), e);
        }
        return open(SQLITE + file.toAbsolutePath());
    }

    /**
     * Opens a store and brings it to this Maar's schema.
     *
     * @param url {@code jdbc:sqlite:FILE} or {@code jdbc:postgresql://HOST:PORT/DATABASE?user=...}
     * @return the store
     * @throws StoreException when it can not be reached or written, or was written by a newer Maar
     */
    public static Store open(final String url) throws StoreException {
        final String name = url.replaceFirst("\\?.*", "");
        final HikariDataSource connections = connect(configuration(url, name), name);
        try {
            migrate(url, name);
            return new Store(connections, name);
        } catch (final FlywayException e) {
            connections.close();
            throw new StoreException("the store " + name + " can not be opened: " + firstLine(e), e);
        } catch (final StoreException | RuntimeException e) {
            connections.close();
            throw e;
        }
    }

    private static HikariDataSource connect(final HikariConfig configuration, final String name) throws StoreException {
        try {
            return new HikariDataSource(configuration);
        } catch (final HikariPool.PoolInitializationException e) {
            final Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new StoreException("the store " + name + " can not be opened: " + cause.getMessage(), e);
        }
    }

    private static HikariConfig configuration(final String url, final String name) throws StoreException {
        final HikariConfig configuration = new HikariConfig();
        configuration.setJdbcUrl(url);
        configuration.setPoolName("store");
        if (url.startsWith(SQLITE)) {
            // SQLite has one writer at a time anyway; one connection makes the others wait in turn and not fail.
            configuration.setMaximumPoolSize(1);
            configuration.addDataSourceProperty("journal_mode", "WAL");
            // FULL: a commit has reached the disk when it returns. NORMAL may lose the last ones with the power.
            configuration.addDataSourceProperty("synchronous", "FULL");
            configuration.addDataSourceProperty("foreign_keys", "true");
            configuration.addDataSourceProperty("busy_timeout", Integer.toString(BUSY_MILLIS));
        } else if (url.startsWith(POSTGRESQL)) {
            configuration.setMaximumPoolSize(POSTGRESQL_CONNECTIONS);
        } else {
            throw new StoreException("the store " + name
                    + " is of no kind that is known; use jdbc:sqlite:FILE or jdbc:postgresql://...");
        }
        return configuration;
    }

    private static void migrate(final String url, final String name) throws StoreException {
        final Flyway flyway = Flyway.configure(Store.class.getClassLoader())
                // A connection of its own, for it may need more than the pool has.
                .dataSource(url, null, null)
                .locations(MIGRATIONS)
                .load();
        final List<MigrationInfo> unknown = Arrays.stream(flyway.info().applied())
                .filter(migration -> migration.getState().isApplied()
                        && !migration.getState().isResolved())
                .toList();
        if (!unknown.isEmpty()) {
            throw new StoreException("the store " + name + " was written by a newer Maar (schema version "
                    + unknown.get(unknown.size() - 1).getVersion() + "); use that one, or another store");
        }
        flyway.migrate();
    }

    private static String firstLine(final Exception problem) {
        return String.valueOf(problem.getMessage()).strip().lines().findFirst().orElse("");
    }

    /**
     * What was asked for.
     *
     * @return the experiments
     */
    public Experiments experiments() {
        return experiments;
    }

    /**
     * What is to be done, and what came of it.
     *
     * @return jobs and results
     */
    public Jobs jobs() {
        return jobs;
    }

    /**
     * Who has ever worked here.
     *
     * @return the agents
     */
    public Agents agents() {
        return agents;
    }

    /**
     * What jobs have taken so far.
     *
     * @return the costs
     */
    public Costs costs() {
        return costs;
    }

    /** What SQLite says about one of its settings. */
    String pragma(final String name) throws StoreException {
        return database.inTransaction(handle ->
                handle.createQuery("pragma " + name).mapTo(String.class).one());
    }

    @Override
    public void close() {
        connections.close();
    }
}
