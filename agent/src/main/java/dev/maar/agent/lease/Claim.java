package dev.maar.agent.lease;

import com.hazelcast.map.EntryProcessor;
import java.util.Map;

/**
 * An agent takes what it was offered. Gives whether it has it.
 *
 * @param owner the agent's id
 * @param token the token of the offer
 */
record Claim(String owner, long token) implements EntryProcessor<String, Leased, Boolean> {

    @Override
    public Boolean process(final Map.Entry<String, Leased> entry) {
        final Leased there = entry.getValue();
        if (there == null || !there.isOf(owner, token) || !there.state().equals(Leased.OFFERED)) {
            return false;
        }
        entry.setValue(new Leased(Leased.CLAIMED, owner, token, there.renewals() + 1, there.job()));
        return true;
    }
}
