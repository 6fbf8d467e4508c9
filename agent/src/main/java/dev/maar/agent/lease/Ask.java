package dev.maar.agent.lease;

import dev.maar.agent.job.AgentFacts;

/**
 * An idle agent asks for work. Travels as sealed JSON.
 *
 * @param facts what it is
 * @param version its Maar's version
 * @param member its id as a member of the cluster, which is new at each start
 */
public record Ask(AgentFacts facts, String version, String member) {}
