package dev.maar.transport;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Prints what the runtimes of this host have counted, by process, topic and transport, while they work: {@code java -cp
 * transport-runtime.jar dev.maar.transport.CounterTable [DIRECTORY]}. Needs no Aeron and no flags.
 */
public final class CounterTable {

    private static final String ROW = "%-8s %-30s %-9s %14s %16s %14s %16s %10s %10s";

    /** What is added up. */
    private record Key(String topic, Transport transport) implements Comparable<Key> {
        @Override
        public int compareTo(final Key other) {
            final int byTopic = topic.compareTo(other.topic);
            return byTopic != 0 ? byTopic : transport.compareTo(other.transport);
        }
    }

    private CounterTable() {}

    /**
     * Prints the table once.
     *
     * @param arguments the directory of the counters; that of this user when there is none
     * @throws IOException when a file can not be read
     */
    public static void main(final String[] arguments) throws IOException {
        if (arguments.length > 1) {
            System.err.println("usage: CounterTable [DIRECTORY]");
            System.exit(2);
        }
        print(arguments.length == 1 ? Path.of(arguments[0]) : new TransportContext().countersDirectory(), System.out);
    }

    static void print(final Path directory, final PrintStream out) throws IOException {
        out.println(row(
                "process",
                "topic",
                "transport",
                "sent",
                "bytes sent",
                "received",
                "bytes received",
                "held back",
                "dropped"));
        for (final Path file : CounterFile.files(directory)) {
            final ByteBuffer bytes = read(file);
            if (bytes.remaining() >= CounterFile.HEADER_LENGTH && bytes.getLong(0) == CounterFile.MAGIC) {
                final long pid = bytes.getLong(CounterFile.PID_OFFSET);
                final String process = ProcessHandle.of(pid).isPresent() ? Long.toString(pid) : pid + " +";
                totals(bytes).forEach((key, counts) -> out.println(row(process, key, counts)));
            }
        }
    }

    /** The file may go while it is read: then there is nothing. */
    private static ByteBuffer read(final Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()).order(ByteOrder.LITTLE_ENDIAN);
        } catch (final NoSuchFileException gone) {
            return ByteBuffer.allocate(0);
        }
    }

    private static Map<Key, long[]> totals(final ByteBuffer bytes) {
        final Map<Key, long[]> totals = new TreeMap<>();
        final int used = bytes.getInt(CounterFile.USED_OFFSET);
        for (int i = 0; i < used; i++) {
            final int offset = CounterFile.HEADER_LENGTH + i * CounterFile.ROW_LENGTH;
            final byte[] name = new byte[bytes.getInt(offset)];
            bytes.get(offset + CounterFile.NAME_OFFSET, name);
            final Transport transport = Transport.values()[bytes.getInt(offset + CounterFile.TRANSPORT_OFFSET)];
            final Tally tally = new Tally(bytes, offset, transport);
            final long[] counts =
                    Arrays.stream(Count.values()).mapToLong(tally::get).toArray();
            if (Arrays.stream(counts).anyMatch(count -> count != 0)) {
                final String topic = name.length == 0 ? "(others)" : new String(name, StandardCharsets.UTF_8);
                final long[] sum = totals.computeIfAbsent(new Key(topic, transport), any -> new long[counts.length]);
                Arrays.setAll(sum, at -> sum[at] + counts[at]);
            }
        }
        return totals;
    }

    private static String row(final String process, final Key key, final long[] counts) {
        return row(
                process,
                key.topic(),
                key.transport().label(),
                Arrays.stream(counts).boxed().toArray());
    }

    private static String row(
            final String process, final String topic, final String transport, final Object... counts) {
        final List<Object> columns = new ArrayList<>(List.of(process, topic, transport));
        columns.addAll(List.of(counts));
        return String.format(Locale.ROOT, ROW, columns.toArray());
    }
}
