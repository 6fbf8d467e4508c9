package dev.maar.transport.bench;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.FragmentAssembler;
import io.aeron.Publication;
import io.aeron.Subscription;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.aeron.logbuffer.FragmentHandler;
import org.agrona.CloseHelper;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.jspecify.annotations.Nullable;

/**
 * Aeron itself, tuned for few cores: large terms, a driver with one thread that backs off (shared memory) or yields
 * (UDP), or none at all and an invoker in each end's loop; for UDP a large window, and a large MTU where messages are
 * large.
 */
final class AeronContender implements Contender {

    /** What carries the messages. */
    enum Media {
        IPC,
        UDP,
        UDP_INVOKER
    }

    private static final int TERM_LENGTH = 16 << 20;
    private static final int WINDOW = 2 << 20;
    private static final int SMALL = 1 << 10;
    private static final int SMALL_MTU = 8 << 10;
    private static final int LARGE_MTU = 65_504;
    private static final int THERE = 1;
    private static final int BACK = 2;

    private final Site site;
    private final Media media;
    private final @Nullable MediaDriver driver;

    AeronContender(final Site site, final Media media) {
        this.site = site;
        this.media = media;
        this.driver = media == Media.UDP_INVOKER || !site.first() ? null : MediaDriver.launch(driver("shared"));
    }

    private MediaDriver.Context driver(final String name) {
        return new MediaDriver.Context()
                .aeronDirectoryName(directory(name))
                .dirDeleteOnStart(true)
                .dirDeleteOnShutdown(true)
                .threadingMode(media == Media.UDP_INVOKER ? ThreadingMode.INVOKER : ThreadingMode.SHARED)
                .sharedIdleStrategy(media == Media.IPC ? new BackoffIdleStrategy() : YieldingIdleStrategy.INSTANCE)
                .ipcTermBufferLength(TERM_LENGTH)
                .publicationTermBufferLength(TERM_LENGTH)
                .termBufferSparseFile(false)
                .initialWindowLength(WINDOW)
                .socketRcvbufLength(WINDOW)
                .socketSndbufLength(WINDOW);
    }

    private String directory(final String name) {
        return site.directory().resolve("raw-" + name).toString();
    }

    private String channel(final boolean there, final int size) {
        final int mtu = media == Media.IPC || size > SMALL ? LARGE_MTU : SMALL_MTU;
        return media == Media.IPC
                ? "aeron:ipc?mtu=" + mtu
                : "aeron:udp?endpoint=127.0.0.1:" + (site.port() + (there ? 0 : 1)) + "|mtu=" + mtu;
    }

    /** An end with an invoker has a driver of its own, for its own thread. */
    @Override
    public End open(final boolean near, final int size, final End.Listener listener) {
        final String name = media == Media.UDP_INVOKER ? (near ? "near" : "far") : "shared";
        final MediaDriver own = media == Media.UDP_INVOKER ? MediaDriver.launch(driver(name)) : null;
        final Aeron.Context context = new Aeron.Context().aeronDirectoryName(directory(name));
        if (own != null) {
            context.driverAgentInvoker(own.sharedAgentInvoker()).useConductorAgentInvoker(true);
        }
        final Aeron client = Aeron.connect(context);
        final Subscription in = client.addSubscription(channel(!near, size), near ? BACK : THERE);
        final ExclusivePublication out = client.addExclusivePublication(channel(near, size), near ? THERE : BACK);
        return new AeronEnd(own, client, in, out, size, listener);
    }

    @Override
    public void close() {
        CloseHelper.close(driver);
    }

    private static final class AeronEnd implements End {
        private static final int FRAGMENTS = 32;

        private final @Nullable MediaDriver own;
        private final @Nullable AgentInvoker invoker;
        private final Aeron client;
        private final Subscription in;
        private final ExclusivePublication out;
        private final UnsafeBuffer[] messages = new UnsafeBuffer[Mark.values().length];
        private final FragmentHandler handler;
        private final Waiting waiting = new Waiting();
        private int count;

        AeronEnd(
                final @Nullable MediaDriver own,
                final Aeron client,
                final Subscription in,
                final ExclusivePublication out,
                final int size,
                final Listener listener) {
            this.own = own;
            this.invoker = own == null ? null : own.sharedAgentInvoker();
            this.client = client;
            this.in = in;
            this.out = out;
            for (final Mark mark : Mark.values()) {
                messages[mark.ordinal()] = new UnsafeBuffer(Mark.messages(size)[mark.ordinal()]);
            }
            final FragmentHandler whole = (buffer, offset, length, header) -> {
                count++;
                listener.onMessage(buffer.getByte(offset));
            };
            this.handler = size <= out.maxPayloadLength() ? whole : new FragmentAssembler(whole);
        }

        @Override
        public void send(final Mark mark) {
            waiting.reset();
            for (long result = out.offer(messages[mark.ordinal()]);
                    result < 0;
                    result = out.offer(messages[mark.ordinal()])) {
                if (result == Publication.CLOSED || result == Publication.MAX_POSITION_EXCEEDED) {
                    throw new IllegalStateException(Publication.errorString(result));
                }
                if (drive() == 0) {
                    waiting.idle();
                }
            }
        }

        private int drive() {
            return invoker == null
                    ? 0
                    : invoker.invoke() + client.conductorAgentInvoker().invoke();
        }

        @Override
        public int poll() {
            count = 0;
            final int fragments = in.poll(handler, FRAGMENTS);
            return Math.max(count, drive() + fragments > 0 ? 1 : 0);
        }

        @Override
        public void close() {
            CloseHelper.closeAll(client, own);
        }
    }
}
