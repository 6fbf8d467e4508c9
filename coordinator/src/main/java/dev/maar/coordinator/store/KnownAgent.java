package dev.maar.coordinator.store;

import dev.maar.agent.job.AgentFacts;
import java.time.Instant;

/**
 * An agent that has been here.
 *
 * @param facts what it is
 * @param version its Maar's version
 * @param firstSeen when it came for the first time, to the millisecond
 * @param lastSeen when it was last noted, to the millisecond
 */
public record KnownAgent(AgentFacts facts, String version, Instant firstSeen, Instant lastSeen) {}
