package dev.maar.transport.bench;

import java.nio.ByteBuffer;
import java.util.Queue;
import org.jctools.queues.SpscArrayQueue;

/** Two JCTools queues, each with one writer and one reader, which hand over references. */
final class QueueContender implements Contender {

    private static final int CAPACITY = 1024;

    private Queue<ByteBuffer> there = new SpscArrayQueue<>(CAPACITY);
    private Queue<ByteBuffer> back = new SpscArrayQueue<>(CAPACITY);

    @Override
    public synchronized End open(final boolean near, final int size, final End.Listener listener) {
        if (!near) {
            there = new SpscArrayQueue<>(CAPACITY);
            back = new SpscArrayQueue<>(CAPACITY);
        }
        return new QueueEnd(near ? there : back, near ? back : there, Mark.messages(size), listener);
    }

    @Override
    public void close() {}

    private static final class QueueEnd implements End {
        private final Queue<ByteBuffer> out;
        private final Queue<ByteBuffer> in;
        private final ByteBuffer[] messages;
        private final Listener listener;
        private final Waiting waiting = new Waiting();

        QueueEnd(
                final Queue<ByteBuffer> out,
                final Queue<ByteBuffer> in,
                final ByteBuffer[] messages,
                final Listener listener) {
            this.out = out;
            this.in = in;
            this.messages = messages;
            this.listener = listener;
        }

        @Override
        public void send(final Mark mark) {
            waiting.reset();
            while (!out.offer(messages[mark.ordinal()])) {
                waiting.idle();
            }
        }

        @Override
        public int poll() {
            int count = 0;
            for (ByteBuffer message = in.poll(); message != null; message = count < 16 ? in.poll() : null) {
                count++;
                listener.onMessage(message.get(message.position()));
            }
            return count;
        }

        @Override
        public void close() {}
    }
}
