package dev.maar.agent.lease;

import com.hazelcast.map.EntryProcessor;
import java.util.Map;

/**
 * Puts a lease into the map, unless a newer one is there. Gives whether it did.
 *
 * @param leased the lease
 */
public record Offer(Leased leased) implements EntryProcessor<String, Leased, Boolean> {

    @Override
    public Boolean process(final Map.Entry<String, Leased> entry) {
        final Leased there = entry.getValue();
        if (there != null && there.token() >= leased.token()) {
            return false;
        }
        entry.setValue(leased);
        return true;
    }
}
