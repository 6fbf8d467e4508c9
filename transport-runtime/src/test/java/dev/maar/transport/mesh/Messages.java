package dev.maar.transport.mesh;

import java.util.List;

/** One message of each kind. */
final class Messages {

    private Messages() {}

    static List<Message> some(final int number) {
        final LogShape log = new LogShape(-number, number, 1 << 20, 65_504, -7, 32, 1L << 40, number);
        return List.of(
                new Message.Subscribed(number, number % 2 == 0, "täglich".repeat(28)),
                new Message.Unsubscribed(-number),
                new Message.Offered(number, 5, Carrier.TCP, log, "192.0.2.1:4000", Token.of(new byte[] {1, 2, 3})),
                new Message.Offered(number, 5, Carrier.SHM, log, "", Token.NONE),
                new Message.Accepted(number, 77, "[2001:db8::1]:1", Token.of(new byte[64])),
                new Message.Refused(number, "no space"),
                new Message.Withdrawn(number),
                new Message.Left(number),
                new Message.Consumed(number, Long.MAX_VALUE),
                new Message.Attached(Long.MIN_VALUE, true, 1_795_000_000_000L),
                new Message.Arrived(number, -number));
    }
}
