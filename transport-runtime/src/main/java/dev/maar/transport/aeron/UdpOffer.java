package dev.maar.transport.aeron;

import java.time.Duration;
import java.util.Optional;

/**
 * What a reader on another host has to know of a log that is sent by UDP.
 *
 * @param sessionId by which the log is told apart from others of its stream
 * @param streamId its stream
 * @param firstSequence the first message that the reader has a right to
 * @param writtenEnd where the messages before that one end
 * @param deadline how long the first datagram may take; when none has come by then, UDP does not get through and another
 *     way has to be taken
 * @param group the multicast group and port that the log is sent to; empty for one that is sent to each reader
 */
public record UdpOffer(
        int sessionId, int streamId, long firstSequence, long writtenEnd, Duration deadline, Optional<String> group) {

    /** Default of {@code deadline}: 3 seconds, in which a sender says some thirty times that it is there. */
    public static final Duration DEADLINE_DEFAULT = Duration.ofSeconds(3);
}
