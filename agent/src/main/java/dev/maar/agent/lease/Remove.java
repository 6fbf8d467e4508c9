package dev.maar.agent.lease;

import com.hazelcast.map.EntryProcessor;
import java.util.Map;

/**
 * A coordinator takes a lease away: because the job is done ({@link #done}), or because its agent is not heard of ({@link #reap}).
 * Gives whether it is gone because of this.
 *
 * @param token the token of the lease
 * @param renewals how many renewals it must have and no more; any number when negative
 */
public record Remove(long token, long renewals) implements EntryProcessor<String, Leased, Boolean> {

    private static final long ANY = -1;

    /**
     * Removes the lease of a job that is done.
     *
     * @param token the token of the lease
     * @return what to run on the entry
     */
    public static Remove done(final long token) {
        return new Remove(token, ANY);
    }

    /**
     * Removes a lease that has not been renewed since it was seen.
     *
     * @param seen as it was seen
     * @return what to run on the entry; a renewal that came meanwhile saves the lease
     */
    public static Remove reap(final Leased seen) {
        return new Remove(seen.token(), seen.renewals());
    }

    @Override
    public Boolean process(final Map.Entry<String, Leased> entry) {
        final Leased there = entry.getValue();
        if (there == null || there.token() != token || renewals != ANY && there.renewals() != renewals) {
            return false;
        }
        entry.setValue(null);
        return true;
    }
}
