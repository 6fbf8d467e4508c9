package dev.maar.coordinator.store;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract, in a PostgreSQL server that is started for it; skipped where there is none, except where all tests must run. */
final class PostgresqlStoreTest extends StoreContract {

    private static Optional<PostgresqlServer> server = Optional.empty();

    @BeforeAll
    static void start() throws Exception {
        final Optional<PostgresqlServer> started = PostgresqlServer.startWhereInstalled();
        if (started.isEmpty() && "true".equals(System.getenv("MAAR_TEST_ALL"))) {
            throw new AssertionError(
                    "MAAR_TEST_ALL=true, but PostgreSQL's server is not installed (Debian: apt install postgresql)");
        }
        assumeTrue(
                started.isPresent(), "skipped: PostgreSQL's server is not installed (Debian: apt install postgresql)");
        server = started;
    }

    @AfterAll
    static void stop() throws Exception {
        if (server.isPresent()) {
            server.get().close();
        }
    }

    @Override
    String freshUrl() throws Exception {
        return server.orElseThrow().freshUrl();
    }
}
