package dev.maar.adopters.recorder;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * Recordings as bytes: "MBR1", how many messages there are and how many bytes they have in all; then for each message
 * the nanoseconds since the one before it, its length (both with 7 bits a byte, the lowest first) and its bytes; at last the
 * CRC-32 of all that. Stateless.
 */
public final class RecordingFile {

    private static final int MAGIC = 0x4D425231;
    private static final int MOST_MESSAGES = 1 << 20;
    private static final int MOST_BYTES = 1 << 28;

    private RecordingFile() {}

    /**
     * Writes a recording.
     *
     * @param recording the recording
     * @param to where to; left open
     * @throws IOException when it can not be written
     */
    public static void write(final Recording recording, final OutputStream to) throws IOException {
        final CheckedOutputStream checked = new CheckedOutputStream(new BufferedOutputStream(to), new CRC32());
        final DataOutputStream out = new DataOutputStream(checked);
        out.writeInt(MAGIC);
        out.writeInt(recording.size());
        out.writeInt((int) recording.payloadBytes());
        long before = 0;
        for (int i = 0; i < recording.size(); i++) {
            final byte[] message = new byte[recording.message(i).remaining()];
            recording.message(i).get(message);
            writeNumber(recording.offsetNanos(i) - before, out);
            writeNumber(message.length, out);
            out.write(message);
            before = recording.offsetNanos(i);
        }
        out.writeInt((int) checked.getChecksum().getValue());
        out.flush();
    }

    /**
     * Reads a recording.
     *
     * @param from where from; left open
     * @return the recording
     * @throws IOException when it can not be read, or is no recording or not a whole one
     */
    public static Recording read(final InputStream from) throws IOException {
        final CheckedInputStream checked = new CheckedInputStream(new BufferedInputStream(from), new CRC32());
        final DataInputStream in = new DataInputStream(checked);
        try {
            if (in.readInt() != MAGIC) {
                throw new IOException("this is no recording");
            }
            final int messages = within(in.readInt(), MOST_MESSAGES);
            final byte[] bytes = new byte[within(in.readInt(), MOST_BYTES)];
            final int[] ends = new int[messages];
            final long[] offsets = new long[messages];
            int used = 0;
            long offset = 0;
            for (int i = 0; i < messages; i++) {
                offset += readNumber(in);
                final int length = within(readNumber(in), bytes.length - used);
                in.readFully(bytes, used, length);
                used += length;
                ends[i] = used;
                offsets[i] = offset;
            }
            final int sum = (int) checked.getChecksum().getValue();
            if (in.readInt() != sum || used != bytes.length) {
                throw new IOException("the recording is damaged: its checksum does not fit");
            }
            return new Recording(bytes, ends, offsets);
        } catch (final EOFException e) {
            throw new IOException("the recording is cut off", e);
        }
    }

    private static int within(final long number, final int most) throws IOException {
        if (number < 0 || number > most) {
            throw new IOException("the recording is damaged: " + number + " where at most " + most + " is possible");
        }
        return (int) number;
    }

    private static void writeNumber(final long number, final DataOutputStream out) throws IOException {
        long left = number;
        while (left > 0x7F) {
            out.writeByte((int) (left & 0x7F) | 0x80);
            left >>>= 7;
        }
        out.writeByte((int) left);
    }

    private static long readNumber(final DataInputStream in) throws IOException {
        long number = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            final int next = in.readUnsignedByte();
            number |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                return number;
            }
        }
        throw new IOException("the recording is damaged: a number without an end");
    }
}
