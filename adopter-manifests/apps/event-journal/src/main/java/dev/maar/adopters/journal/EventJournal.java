package dev.maar.adopters.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.MappedResizeableBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Appends events to a file, and reads them back. A file begins with the length that is in use. For one thread. */
public final class EventJournal implements AutoCloseable {

    private static final int HEADER = 8;
    private static final int LENGTH = 4;

    private final FileChannel file;
    private final MappedResizeableBuffer buffer;
    private long end;

    /** What a reader sees of an event. */
    @FunctionalInterface
    public interface Reader {

        /** Takes an event; the buffer is used again afterwards. */
        void event(DirectBuffer event, int length);
    }

    /** Opens a journal; an empty file becomes one of the given size, which later grows. */
    public EventJournal(final Path path, final long initialBytes) throws IOException {
        file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        final long size = Math.max(file.size(), Math.max(initialBytes, HEADER));
        extend(size);
        buffer = new MappedResizeableBuffer(file, 0, size);
        end = Math.max(HEADER, buffer.getLong(0));
    }

    private void extend(final long size) throws IOException {
        if (file.size() < size) {
            file.write(ByteBuffer.allocate(1), size - 1);
        }
    }

    /** Appends an event; returns its position. */
    public long append(final DirectBuffer event, final int offset, final int length) throws IOException {
        final long needed = end + BitUtil.align(LENGTH + length, 8);
        if (needed > buffer.capacity()) {
            final long size = Math.max(needed, buffer.capacity() * 2);
            extend(size);
            buffer.resize(size);
        }
        final long position = end;
        buffer.putInt(position, length);
        buffer.putBytes(position + LENGTH, event, offset, length);
        end = needed;
        buffer.putLongOrdered(0, end);
        return position;
    }

    /** Reads all events from the beginning; returns how many there are. */
    public long read(final Reader reader) {
        final UnsafeBuffer event = new UnsafeBuffer(new byte[0]);
        long events = 0;
        long position = HEADER;
        while (position < end) {
            final int length = buffer.getInt(position);
            final byte[] bytes = new byte[length];
            buffer.getBytes(position + LENGTH, bytes);
            event.wrap(bytes);
            reader.event(event, length);
            position += BitUtil.align(LENGTH + length, 8);
            events++;
        }
        return events;
    }

    /** How many bytes are in use. */
    public long bytes() {
        return end;
    }

    /** Begins anew in the same file. */
    public void clear() {
        end = HEADER;
        buffer.putLongOrdered(0, end);
    }

    @Override
    public void close() throws IOException {
        buffer.close();
        file.close();
    }
}
