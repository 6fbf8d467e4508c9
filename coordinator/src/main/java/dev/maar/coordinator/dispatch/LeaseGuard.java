package dev.maar.coordinator.dispatch;

import com.hazelcast.core.EntryEvent;
import com.hazelcast.map.IMap;
import com.hazelcast.map.listener.EntryAddedListener;
import com.hazelcast.map.listener.EntryUpdatedListener;
import com.hazelcast.nio.serialization.HazelcastSerializationException;
import dev.maar.agent.lease.Leased;
import dev.maar.agent.lease.RefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what is no lease from the map of leases. Any member of the cluster can put something there, and one such thing would spoil every
 * agent's search for its offers. Called by the cluster's threads.
 *
 * @param leases the map, of whatever is in it
 * @param refusals counts what is removed
 */
record LeaseGuard(IMap<Object, Object> leases, Refusals refusals)
        implements EntryAddedListener<Object, Object>, EntryUpdatedListener<Object, Object> {

    private static final Logger LOG = LoggerFactory.getLogger(LeaseGuard.class);

    /** Watches the map from now on. */
    void begin() {
        // Without the value, for it may be one that can not be read.
        leases.addEntryListener(this, false);
    }

    @Override
    public void entryAdded(final EntryEvent<Object, Object> event) {
        check(event.getKey());
    }

    @Override
    public void entryUpdated(final EntryEvent<Object, Object> event) {
        check(event.getKey());
    }

    private void check(final Object key) {
        if (!(key instanceof String) || !isLease(key)) {
            refusals.count(RefusedException.Reason.MALFORMED);
            LOG.warn("removed what is no lease from the leases, at {}", key);
            leases.delete(key);
        }
    }

    /** Nothing is as good as a lease: it was removed meanwhile. */
    private boolean isLease(final Object key) {
        try {
            final Object value = leases.get(key);
            return value == null || value instanceof Leased;
        } catch (final HazelcastSerializationException e) {
            LOG.debug("not even readable", e);
            return false;
        }
    }
}
