package dev.maar.agent.job;

import java.util.Map;

/**
 * What one fork proved about itself.
 *
 * @param subjectSha256 the hash of the subject's artifact that the fork really loaded; empty when there is none
 * @param facts what the jig attested, such as the transport that really carried the messages
 * @param delivered how many messages were delivered since set-up
 * @param checksum the jig's checksum over them
 */
public record Attestation(String subjectSha256, Map<String, String> facts, long delivered, String checksum) {

    /** Copies the map. */
    public Attestation {
        facts = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(facts));
    }
}
