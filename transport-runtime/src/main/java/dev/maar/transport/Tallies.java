package dev.maar.transport;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The counters of one runtime: a {@link Tally} for each end of a link. An end that comes later goes on with the tally of
 * one of its topic and transport that has left, so each count has one writer and nothing is ever forgotten. When the file
 * is full, what ends have counted whose topic nobody uses makes room by going into one row for each transport; when there
 * is none of those, counting goes on outside the file. Thread-safe.
 */
final class Tallies implements Counters {

    private final Supplier<CounterFile> open;
    private final List<Entry> entries = new ArrayList<>();

    /** What is counted of topics without a row, by transport. */
    private final List<Tally> others = new ArrayList<>();

    private @Nullable CounterFile opened;
    private int used;

    /** A tally and whose it is; free when its end has left. */
    private static final class Entry {
        private final String topic;
        private final Tally tally;
        private final boolean filed;
        private boolean free;

        Entry(final String topic, final Tally tally, final boolean filed) {
            this.topic = topic;
            this.tally = tally;
            this.filed = filed;
        }
    }

    /** The file is opened when it is needed first. */
    Tallies(final Supplier<CounterFile> open) {
        this.open = open;
    }

    /** For one more end of a link; {@link #release} has to follow. */
    synchronized Tally acquire(final Topic<?> topic, final Transport transport) {
        for (final Entry entry : entries) {
            if (entry.free && entry.topic.equals(topic.name()) && entry.tally.transport() == transport) {
                entry.free = false;
                return entry.tally;
            }
        }
        final Entry entry = entry(file(), topic.name(), transport);
        entries.add(entry);
        return entry.tally;
    }

    private CounterFile file() {
        CounterFile file = opened;
        if (file == null) {
            file = open.get();
            opened = file;
            for (final Transport transport : Transport.values()) {
                others.add(append(file, "", transport));
            }
        }
        return file;
    }

    private Entry entry(final CounterFile file, final String topic, final Transport transport) {
        if (used < file.capacity()) {
            return new Entry(topic, append(file, topic, transport), true);
        }
        for (final Entry entry : entries) {
            if (entry.free && entry.filed) {
                fold(entry);
                return new Entry(topic, write(file, entry.tally.offset(), topic, transport), true);
            }
        }
        final ByteBuffer outside =
                ByteBuffer.allocateDirect(CounterFile.ROW_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        return new Entry(topic, new Tally(outside, 0, transport), false);
    }

    private void fold(final Entry entry) {
        entries.remove(entry);
        others.get(entry.tally.transport().ordinal()).addAll(entry.tally);
    }

    private Tally append(final CounterFile file, final String topic, final Transport transport) {
        final Tally tally = write(file, CounterFile.HEADER_LENGTH + used * CounterFile.ROW_LENGTH, topic, transport);
        used++;
        file.rows().putInt(CounterFile.USED_OFFSET, used);
        return tally;
    }

    private static Tally write(
            final CounterFile file, final int offset, final String topic, final Transport transport) {
        final ByteBuffer rows = file.rows();
        for (int at = offset; at < offset + CounterFile.ROW_LENGTH; at += Long.BYTES) {
            rows.putLong(at, 0);
        }
        final byte[] name = topic.getBytes(StandardCharsets.UTF_8);
        final int length = Math.min(name.length, CounterFile.NAME_LENGTH);
        rows.put(offset + CounterFile.NAME_OFFSET, name, 0, length);
        rows.putInt(offset + CounterFile.TRANSPORT_OFFSET, transport.ordinal());
        rows.putInt(offset, length);
        return new Tally(rows, offset, transport);
    }

    /** The end has left: what it counted stays. */
    synchronized void release(final Tally tally) {
        for (final Entry entry : entries) {
            if (entry.tally == tally) {
                entry.free = true;
                if (!entry.filed) {
                    fold(entry);
                }
                return;
            }
        }
    }

    private synchronized long total(final Count count, final Transport transport) {
        long total = 0;
        for (final Tally tally : others) {
            total += tally.transport() == transport ? tally.get(count) : 0;
        }
        for (final Entry entry : entries) {
            total += entry.tally.transport() == transport ? entry.tally.get(count) : 0;
        }
        return total;
    }

    @Override
    public long sent(final Transport transport) {
        return total(Count.SENT, transport);
    }

    @Override
    public long received(final Transport transport) {
        return total(Count.RECEIVED, transport);
    }

    @Override
    public long bytesSent(final Transport transport) {
        return total(Count.BYTES_SENT, transport);
    }

    @Override
    public long bytesReceived(final Transport transport) {
        return total(Count.BYTES_RECEIVED, transport);
    }

    @Override
    public long backPressured(final Transport transport) {
        return total(Count.BACK_PRESSURED, transport);
    }

    @Override
    public long dropped(final Transport transport) {
        return total(Count.DROPPED, transport);
    }

    /** Other processes can not read them any more; this one can. */
    synchronized void close() {
        final CounterFile file = opened;
        if (file != null) {
            file.delete();
        }
    }
}
