package dev.maar.coordinator.store;

import dev.maar.agent.job.AgentFacts;
import dev.maar.agent.job.JobJson;
import java.time.Instant;
import java.util.List;

/** The agents that a store has seen. Safe for several threads. */
public final class Agents {

    private final Database database;
    private final JobJson json;

    Agents(final Database database, final JobJson json) {
        this.database = database;
        this.json = json;
    }

    /**
     * Notes that an agent is here.
     *
     * @param facts what it is now
     * @param version its Maar's version
     * @param now the time
     * @throws StoreException when it could not be kept
     */
    public void seen(final AgentFacts facts, final String version, final Instant now) throws StoreException {
        final String text = json.write(facts);
        database.use(handle -> handle.createUpdate("insert into agent (id, version, facts, first_seen_at, last_seen_at)"
                        + " values (:id, :version, :facts, :now, :now)"
                        + " on conflict (id) do update set version = excluded.version, facts = excluded.facts,"
                        + " last_seen_at = excluded.last_seen_at")
                .bind("id", facts.id())
                .bind("version", version)
                .bind("facts", text)
                .bind("now", now.toEpochMilli())
                .execute());
    }

    /**
     * All that were ever seen, by id.
     *
     * @return the agents
     * @throws StoreException when the store can not be read
     */
    public List<KnownAgent> all() throws StoreException {
        return database.inTransaction(handle -> handle.createQuery("select * from agent order by id")
                .map((row, context) -> new KnownAgent(
                        json.read(row.getString("facts"), AgentFacts.class),
                        row.getString("version"),
                        Instant.ofEpochMilli(row.getLong("first_seen_at")),
                        Instant.ofEpochMilli(row.getLong("last_seen_at"))))
                .list());
    }
}
