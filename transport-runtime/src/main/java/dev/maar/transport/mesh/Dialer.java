package dev.maar.transport.mesh;

import java.net.InetSocketAddress;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Who is called at one configured address, and when next: later and later while nobody answers. For the mesh's thread. */
final class Dialer {

    /** Nobody is called: the other side did. */
    static final Dialer NONE = new Dialer(InetSocketAddress.createUnresolved("nobody", 0));

    /** A Unix domain socket is called once: who is gone from there does not come back. */
    static final Dialer ONCE = new Dialer(InetSocketAddress.createUnresolved("this-host", 0));

    private static final long MIN_DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long MAX_DELAY_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final InetSocketAddress address;
    private long nextAt = System.nanoTime();
    private long delay = MIN_DELAY_NANOS;
    private boolean calling;
    private boolean self;
    private @Nullable UUID answered;

    Dialer(final InetSocketAddress address) {
        this.address = address;
    }

    InetSocketAddress address() {
        return address;
    }

    /** Who answered last. */
    @Nullable
    UUID answered() {
        return answered;
    }

    /** In how many nanoseconds to call; {@link Long#MAX_VALUE} for not before something happens. */
    long waitsFor(final long now) {
        return calling || self ? Long.MAX_VALUE : nextAt - now;
    }

    void calls() {
        calling = true;
    }

    /** There is no call now: the last one has failed or ended, or none was needed. */
    void rests(final long now) {
        calling = false;
        nextAt = now + delay;
        delay = Math.min(2 * delay, MAX_DELAY_NANOS);
    }

    void answered(final UUID id) {
        answered = id;
        delay = MIN_DELAY_NANOS;
    }

    /** The address is this runtime's own: it is not called again. */
    void isSelf() {
        self = true;
    }
}
