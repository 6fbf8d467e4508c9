package dev.maar.agent.lease;

import com.hazelcast.map.EntryProcessor;
import java.util.Map;

/**
 * An agent says that it goes on with a job. Gives {@link #RENEWED}, {@link #TAKEN} or {@link #GONE}.
 *
 * @param owner the agent's id
 * @param token its token
 */
record Renew(String owner, long token) implements EntryProcessor<String, Leased, String> {

    /** The lease goes on. */
    static final String RENEWED = "renewed";
    /** Somebody else has the job now. */
    static final String TAKEN = "taken";
    /** There is no such lease: it was given up, or the coordinator is new and does not know of it yet. */
    static final String GONE = "gone";

    @Override
    public String process(final Map.Entry<String, Leased> entry) {
        final Leased there = entry.getValue();
        if (there == null) {
            return GONE;
        }
        if (!there.isOf(owner, token)) {
            return TAKEN;
        }
        entry.setValue(new Leased(Leased.CLAIMED, owner, token, there.renewals() + 1, there.job()));
        return RENEWED;
    }
}
