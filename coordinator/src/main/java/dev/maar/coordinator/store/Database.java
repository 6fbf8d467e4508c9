package dev.maar.coordinator.store;

import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** Runs transactions, and turns what the driver throws into what a user can act on. Safe for several threads. */
final class Database {

    private final Jdbi jdbi;
    private final String name;

    Database(final Jdbi jdbi, final String name) {
        this.jdbi = jdbi;
        this.name = name;
    }

    /**
     * One transaction; it is on disk when this returns.
     *
     * @param work what to do in it
     * @param <T> what it gives
     * @return what it gave
     * @throws StoreException when it failed; then nothing of it was done
     */
    <T> T inTransaction(final HandleCallback<T, RuntimeException> work) throws StoreException {
        try {
            return jdbi.inTransaction(work);
        } catch (final JdbiException e) {
            throw new StoreException("the store " + name + " can not be used: " + reason(e), e);
        }
    }

    /**
     * One statement that gives nothing back.
     *
     * @param work what to do
     * @throws StoreException when it failed; then nothing of it was done
     */
    void use(final Work work) throws StoreException {
        inTransaction(handle -> {
            work.on(handle);
            return true;
        });
    }

    /** What is done in a transaction. */
    interface Work {
        void on(Handle handle);
    }

    private static String reason(final Throwable problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof final SQLException sql) {
                return String.valueOf(sql.getMessage());
            }
        }
        return String.valueOf(problem.getMessage());
    }
}
