package dev.maar.transport.mesh;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/** What peers tell each other once they know each other. Numbers of subscribers and routes are their owner's choice. */
public sealed interface Message {

    /** The kinds of messages. The order is part of the protocol. */
    enum Kind {
        /** See {@link Message.Subscribed}. */
        SUBSCRIBED(Subscribed::read),
        /** See {@link Message.Unsubscribed}. */
        UNSUBSCRIBED(Unsubscribed::read),
        /** See {@link Message.Offered}. */
        OFFERED(Offered::read),
        /** See {@link Message.Accepted}. */
        ACCEPTED(Accepted::read),
        /** See {@link Message.Refused}. */
        REFUSED(Refused::read),
        /** See {@link Message.Withdrawn}. */
        WITHDRAWN(Withdrawn::read),
        /** See {@link Message.Left}. */
        LEFT(Left::read),
        /** See {@link Message.Consumed}. */
        CONSUMED(Consumed::read),
        /** See {@link Message.Attached}. */
        ATTACHED(Attached::read),
        /** See {@link Message.Arrived}. */
        ARRIVED(Arrived::read);

        private final Function<ByteBuffer, Message> reader;

        Kind(final Function<ByteBuffer, Message> reader) {
            this.reader = reader;
        }

        Message read(final ByteBuffer from) {
            return reader.apply(from);
        }
    }

    /**
     * Which kind this is.
     *
     * @return the kind
     */
    Kind kind();

    /**
     * Writes everything but the kind.
     *
     * @param into with room for it
     */
    default void write(final ByteBuffer into) {}

    /**
     * The sender has a subscriber.
     *
     * @param subscriber the sender's number for it
     * @param leaky whether it never holds a publisher back
     * @param topic the topic's name
     */
    record Subscribed(long subscriber, boolean leaky, String topic) implements Message {
        static Subscribed read(final ByteBuffer from) {
            return new Subscribed(from.getLong(), from.get() != 0, readText(from));
        }

        @Override
        public Kind kind() {
            return Kind.SUBSCRIBED;
        }

        @Override
        public void write(final ByteBuffer into) {
            writeText(topic, into.putLong(subscriber).put((byte) (leaky ? 1 : 0)));
        }
    }

    /**
     * The sender has a subscriber no more; routes to it are left by this.
     *
     * @param subscriber as in {@link Subscribed}
     */
    record Unsubscribed(long subscriber) implements Message {
        static Unsubscribed read(final ByteBuffer from) {
            return new Unsubscribed(from.getLong());
        }

        @Override
        public Kind kind() {
            return Kind.UNSUBSCRIBED;
        }

        @Override
        public void write(final ByteBuffer into) {
            into.putLong(subscriber);
        }
    }

    /**
     * The sender would send a publisher's messages to a subscriber of the receiver.
     *
     * @param route the sender's number for this way from one publisher to one subscriber
     * @param subscriber the receiver's number from {@link Subscribed}
     * @param carrier what is to carry the messages
     * @param log the publisher's log
     * @param address where the sender can be reached for this, as host:port; empty when that is not needed
     * @param token by which the sender knows the receiver there; {@link Token#NONE} when that is not needed
     */
    record Offered(long route, long subscriber, Carrier carrier, LogShape log, String address, Token token)
            implements Message {
        static Offered read(final ByteBuffer from) {
            return new Offered(
                    from.getLong(),
                    from.getLong(),
                    Carrier.values()[from.get()],
                    LogShape.read(from),
                    readText(from),
                    Token.read(from));
        }

        @Override
        public Kind kind() {
            return Kind.OFFERED;
        }

        @Override
        public void write(final ByteBuffer into) {
            into.putLong(route).putLong(subscriber).put((byte) carrier.ordinal());
            log.write(into);
            writeText(address, into);
            token.write(into);
        }
    }

    /**
     * The sender has joined a log that was offered.
     *
     * @param route from {@link Offered}
     * @param positionId the counter of the reader's position in the media driver that both share; 0 when they share none
     * @param address where the sender takes the log's bytes, as host:port; empty when that is not needed
     * @param token by which the sender knows who brings them; {@link Token#NONE} when that is not needed
     */
    record Accepted(long route, int positionId, String address, Token token) implements Message {
        static Accepted read(final ByteBuffer from) {
            return new Accepted(from.getLong(), from.getInt(), readText(from), Token.read(from));
        }

        @Override
        public Kind kind() {
            return Kind.ACCEPTED;
        }

        @Override
        public void write(final ByteBuffer into) {
            writeText(address, into.putLong(route).putInt(positionId));
            token.write(into);
        }
    }

    /**
     * The sender can not join a log that was offered.
     *
     * @param route from {@link Offered}
     * @param reason for people
     */
    record Refused(long route, String reason) implements Message {
        static Refused read(final ByteBuffer from) {
            return new Refused(from.getLong(), readText(from));
        }

        @Override
        public Kind kind() {
            return Kind.REFUSED;
        }

        @Override
        public void write(final ByteBuffer into) {
            writeText(reason, into.putLong(route));
        }
    }

    /**
     * The publisher of a route sends no more; what is in its log is still there to be read.
     *
     * @param route from {@link Offered}
     */
    record Withdrawn(long route) implements Message {
        static Withdrawn read(final ByteBuffer from) {
            return new Withdrawn(from.getLong());
        }

        @Override
        public Kind kind() {
            return Kind.WITHDRAWN;
        }

        @Override
        public void write(final ByteBuffer into) {
            into.putLong(route);
        }
    }

    /**
     * The subscriber of a route reads no more.
     *
     * @param route from {@link Offered}
     */
    record Left(long route) implements Message {
        static Left read(final ByteBuffer from) {
            return new Left(from.getLong());
        }

        @Override
        public Kind kind() {
            return Kind.LEFT;
        }

        @Override
        public void write(final ByteBuffer into) {
            into.putLong(route);
        }
    }

    /**
     * How far the subscriber of a route has finished, where its counter can not be read.
     *
     * @param route from {@link Offered}
     * @param position in the publisher's log, in bytes
     */
    record Consumed(long route, long position) implements Message {
        static Consumed read(final ByteBuffer from) {
            return new Consumed(from.getLong(), from.getLong());
        }

        @Override
        public Kind kind() {
            return Kind.CONSUMED;
        }

        @Override
        public void write(final ByteBuffer into) {
            into.putLong(route).putLong(position);
        }
    }

    /**
     * The sender uses the media driver of the host's shared directory. Told again when that changes.
     *
     * @param clientId of the sender's client of that driver
     * @param owner whether the driver runs in the sender's process and ends with it
     * @param startedAt when the driver was started, in milliseconds since 1970, by which it is told apart from others
     */
    record Attached(long clientId, boolean owner, long startedAt) implements Message {
        static Attached read(final ByteBuffer from) {
            return new Attached(from.getLong(), from.get() != 0, from.getLong());
        }

        @Override
        public Kind kind() {
            return Kind.ATTACHED;
        }

        @Override
        public void write(final ByteBuffer into) {
            into.putLong(clientId).put((byte) (owner ? 1 : 0)).putLong(startedAt);
        }
    }

    /**
     * The log of a route has begun to come, by a carrier that might have not got through.
     *
     * @param route from {@link Offered}
     * @param position up to where its subscriber has finished, in bytes
     */
    record Arrived(long route, long position) implements Message {
        static Arrived read(final ByteBuffer from) {
            return new Arrived(from.getLong(), from.getLong());
        }

        @Override
        public Kind kind() {
            return Kind.ARRIVED;
        }

        @Override
        public void write(final ByteBuffer into) {
            into.putLong(route).putLong(position);
        }
    }

    private static void writeText(final String text, final ByteBuffer into) {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        final int length = Math.min(bytes.length, Frame.MAX_TEXT_LENGTH);
        into.putShort((short) length).put(bytes, 0, length);
    }

    private static String readText(final ByteBuffer from) {
        final int length = from.getShort();
        if (length < 0 || length > Math.min(Frame.MAX_TEXT_LENGTH, from.remaining())) {
            throw new IllegalArgumentException("a text of " + length + " bytes");
        }
        final byte[] bytes = new byte[length];
        from.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
