package dev.maar.transport.hosts;

import dev.maar.transport.aeron.AeronNode;
import dev.maar.transport.aeron.LogReader;
import dev.maar.transport.aeron.LogWriter;
import dev.maar.transport.aeron.NodeSettings;
import dev.maar.transport.aeron.RemotePosition;
import dev.maar.transport.aeron.UdpArrival;
import dev.maar.transport.aeron.UdpGroup;
import dev.maar.transport.aeron.UdpOffer;
import dev.maar.transport.mesh.Secret;
import dev.maar.transport.tcp.LinkSettings;
import dev.maar.transport.tcp.TcpIncoming;
import dev.maar.transport.tcp.TcpLinks;
import dev.maar.transport.tcp.TcpOutgoing;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.zip.CRC32;

/**
 * Sends or receives a log as one host does, by TCP or UDP; what the hosts' runtimes tell each other goes through standard
 * input and output. Every message says its number, its length and its checksum; what is not as it should be ends it.
 */
final class LogHost {

    static final int BOUND = 32;
    static final String SECRET = "what both hosts know";

    private static final int STREAM = 5;
    private static final int TERM = 1 << 20;
    private static final int HEADER = Long.BYTES + Integer.BYTES + Long.BYTES;
    private static final long NAP_NANOS = 20_000;
    private static final long PATIENCE_NANOS = Duration.ofSeconds(60).toNanos();

    private final AeronNode node;
    private final InetAddress own;
    private final BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    private final CRC32 crc = new CRC32();
    private long received;

    private LogHost(final Path directory, final String own) throws IOException {
        this.node = AeronNode.launch(new NodeSettings(
                directory, false, TERM, Duration.ofSeconds(10), failure -> say("error", failure.toString())));
        this.own = InetAddress.getByName(own);
    }

    /** Arguments: what to do, directory, own address, number of messages or seconds, and the group for multicast. */
    public static void main(final String[] arguments) throws IOException {
        final LogHost host = new LogHost(Path.of(arguments[1]), arguments[2]);
        final int count = Integer.parseInt(arguments[3]);
        final Optional<String> group = Optional.of(arguments[4]).filter(text -> !text.equals("-"));
        switch (arguments[0]) {
            case "tcp-send" -> host.sendTcp(count);
            case "tcp-receive" -> host.receiveTcp(count);
            case "udp-send" -> host.sendUdp(count, group);
            case "udp-receive" -> host.receiveUdp(count, group);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
        host.node.close();
        say("closed", "");
    }

    private static void say(final String word, final String value) {
        System.out.println(word + " " + value);
    }

    private static void until(final String what, final BooleanSupplier condition) {
        final long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > PATIENCE_NANOS) {
                say("error", "never: " + what);
                throw new IllegalStateException("never: " + what);
            }
            LockSupport.parkNanos(NAP_NANOS);
        }
    }

    private LinkSettings links() {
        return LinkSettings.at(new InetSocketAddress(own, 0), Optional.of(Secret.of(SECRET)));
    }

    private void sendTcp(final int count) throws IOException {
        try (TcpLinks links = TcpLinks.launch(node, links())) {
            final LogWriter writer = node.openSharedWriter(STREAM, BOUND);
            final String[] peer = input.readLine().split(" ");
            final InetSocketAddress address = new InetSocketAddress(peer[0], Integer.parseInt(peer[1]));
            final TcpOutgoing link = links.open(writer, address, HexFormat.of().parseHex(peer[2]));
            writer.addConsumer(link.positionId());
            write(writer, count);
            writer.close();
            link.closeWhenDelivered();
        }
    }

    private void receiveTcp(final int count) {
        try (TcpLinks links = TcpLinks.launch(node, links())) {
            final byte[] token = TcpLinks.newToken();
            final TcpIncoming link = links.expect(token);
            say(
                    "address",
                    own.getHostAddress() + " " + links.address().getPort() + " "
                            + HexFormat.of().formatHex(token));
            until("the sender comes", link::isOpen);
            final LogReader reader = link.openReader(false);
            read(reader, count, false);
            until("the end", () -> reader.poll((bytes, sequence) -> {}, 1) == 0 && reader.isFinished());
        }
    }

    private void sendUdp(final int count, final Optional<String> group) throws IOException {
        final LogWriter writer = group.isPresent()
                ? node.udp().openWriter(STREAM, BOUND, new UdpGroup(group.get(), own))
                : node.udp().openWriter(STREAM, BOUND);
        final UdpOffer offer = node.udp().offer(writer, group);
        say("offer", offer.sessionId() + " " + offer.firstSequence() + " " + offer.writtenEnd());
        final String endpoint = input.readLine();
        if (group.isEmpty()) {
            node.udp().addReader(writer, endpoint);
        }
        final RemotePosition position = node.udp().openPosition(endpoint);
        position.finished(Long.parseLong(input.readLine()));
        writer.addConsumer(position.positionId());
        final Thread listener = new Thread(() -> listen(position), "positions");
        listener.setDaemon(true);
        listener.start();
        write(writer, count);
        writer.close();
    }

    private void listen(final RemotePosition position) {
        try {
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                position.finished(Long.parseLong(line));
            }
        } catch (final IOException failure) {
            say("error", failure.toString());
        }
    }

    private void receiveUdp(final int count, final Optional<String> group) throws IOException {
        final String[] offered = input.readLine().split(" ");
        final UdpOffer offer = new UdpOffer(
                Integer.parseInt(offered[0]),
                STREAM,
                Long.parseLong(offered[1]),
                Long.parseLong(offered[2]),
                UdpOffer.DEADLINE_DEFAULT,
                group);
        final UdpArrival arrival = node.udp().expect(offer, own);
        say("endpoint", arrival.endpoint());
        Optional<LogReader> reader = arrival.reader();
        while (reader.isEmpty() && !arrival.isLate()) {
            LockSupport.parkNanos(NAP_NANOS);
            reader = arrival.reader();
        }
        if (reader.isEmpty()) {
            arrival.close();
            say("late", "");
            return;
        }
        say("position", Long.toString(reader.get().position()));
        read(reader.get(), count, true);
    }

    private static void write(final LogWriter writer, final int count) {
        final Random random = new Random(count);
        final CRC32 crc = new CRC32();
        for (long number = 0; number < count; number++) {
            final byte[] content = new byte[random.nextInt(10) == 0 ? random.nextInt(100_000) : random.nextInt(2_000)];
            random.nextBytes(content);
            crc.reset();
            crc.update(content);
            final ByteBuffer message = ByteBuffer.allocate(HEADER + content.length)
                    .putLong(number)
                    .putInt(content.length)
                    .putLong(crc.getValue())
                    .put(content)
                    .flip();
            until("room", writer::hasRoom);
            put(writer, message, number);
            if (number % 16 == 0) {
                say("sent", Long.toString(number));
            }
        }
        until("the receiver has finished", writer::isDrained);
        say("drained", Integer.toString(count));
    }

    private static void put(final LogWriter writer, final ByteBuffer message, final long number) {
        final int size = message.remaining();
        if (size > writer.maxPieceLength()) {
            final int[] done = new int[1];
            until("room for a piece", () -> {
                done[0] = writer.tryPiece(message, done[0], number);
                return done[0] == size;
            });
            return;
        }
        until("room in the log", () -> {
            final ByteBuffer into = writer.tryClaim(size);
            if (into == null) {
                return false;
            }
            into.put(message.duplicate());
            writer.commit(number);
            return true;
        });
    }

    private void read(final LogReader reader, final int count, final boolean sayPositions) {
        final long[] said = {reader.position()};
        until("all messages", () -> {
            final int polled = reader.poll(this::check, 16);
            if (sayPositions && reader.position() != said[0]) {
                said[0] = reader.position();
                say("position", Long.toString(said[0]));
            }
            return received == count || (polled == 0 && reader.isFinished());
        });
        say("received", Long.toString(received));
    }

    private void check(final ByteBuffer message, final long sequence) {
        final byte[] content = new byte[message.remaining() - HEADER];
        final long number = message.getLong();
        final int length = message.getInt();
        final long sum = message.getLong();
        message.get(content);
        crc.reset();
        crc.update(content);
        if (number != received || sequence != received || length != content.length || sum != crc.getValue()) {
            say(
                    "error",
                    String.format(
                            Locale.ROOT,
                            "message %d is %d, %d bytes, content %s",
                            received,
                            number,
                            length,
                            Arrays.toString(Arrays.copyOf(content, Math.min(content.length, 8)))));
            throw new IllegalStateException("a message is not as it was sent");
        }
        received++;
        if (received % 16 == 0) {
            say("read", Long.toString(received));
        }
    }
}
