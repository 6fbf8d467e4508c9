package dev.maar.transport.tcp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.jspecify.annotations.Nullable;

/**
 * Takes connections and brings each to the receiver that expects it. Whoever greets otherwise, or not in time, is sent
 * away; when too many are greeting, the one that has taken longest makes room. For the links' thread.
 */
final class TcpAcceptor extends Worker {

    private static final System.Logger LOG = System.getLogger(TcpAcceptor.class.getName());
    private static final int MAX_GUESTS = 64;

    /** How often it is looked whether anybody comes, which costs a system call. */
    private static final long ACCEPT_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    private static final long SAY_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final ServerSocketChannel server;

    /** Asked before {@link #server}: that one makes objects whenever it is asked, also in vain. */
    private final Selector selector;

    private final InetSocketAddress address;
    private final SecureRandom random = new SecureRandom();
    private final Deque<Guest> guests = new ArrayDeque<>();
    private final List<Guest.Host> hosts = new ArrayList<>();
    private long refusals;
    private long saidAt;
    private long acceptedAt = System.nanoTime();

    TcpAcceptor(final InetSocketAddress listen) throws IOException {
        selector = Selector.open();
        ServerSocketChannel opened = null;
        try {
            opened = ServerSocketChannel.open();
            opened.configureBlocking(false);
            opened.bind(listen);
            opened.register(selector, SelectionKey.OP_ACCEPT);
            address = (InetSocketAddress) opened.getLocalAddress();
            server = opened;
        } catch (final IOException failure) {
            CloseHelper.quietCloseAll(selector, opened);
            throw failure;
        }
    }

    InetSocketAddress address() {
        return address;
    }

    void expect(final LinkKey key, final TcpReceiver receiver) {
        hosts.add(new Guest.Host(key, receiver));
    }

    void forget(final TcpReceiver receiver) {
        hosts.removeIf(each -> each.receiver() == receiver);
    }

    @Override
    int work(final long now) {
        final int work = now - acceptedAt >= ACCEPT_NANOS || !guests.isEmpty() ? accept(now) : 0;
        return guests.isEmpty() ? work : work + entertain(now);
    }

    private int entertain(final long now) {
        int work = 0;
        final Iterator<Guest> each = guests.iterator();
        while (each.hasNext()) {
            if (isThrough(each.next(), now)) {
                each.remove();
                work++;
            }
        }
        return work;
    }

    private int accept(final long now) {
        acceptedAt = now;
        try {
            if (selector.selectNow() == 0) {
                return 0;
            }
            selector.selectedKeys().clear();
            final SocketChannel arrived = server.accept();
            if (arrived == null) {
                return 0;
            }
            welcome(arrived, now);
        } catch (final IOException failure) {
            LOG.log(System.Logger.Level.WARNING, "a TCP connection could not be taken", failure);
        }
        return 1;
    }

    private void welcome(final SocketChannel arrived, final long now) throws IOException {
        arrived.configureBlocking(false);
        if (guests.size() == MAX_GUESTS) {
            guests.removeFirst().sendAway();
            refused(now, "too many are greeting at once");
        }
        guests.addLast(new Guest(arrived, now));
    }

    private boolean isThrough(final Guest guest, final long now) {
        try {
            return guest.isSettled(now, random, this::host);
        } catch (final IOException refused) {
            guest.sendAway();
            refused(now, refused.getMessage());
            return true;
        }
    }

    /** Says so, but not to everyone who knocks: logs are not to be filled by strangers. */
    private void refused(final long now, final @Nullable String why) {
        refusals++;
        if (refusals == 1 || now - saidAt >= SAY_NANOS) {
            saidAt = now;
            LOG.log(
                    System.Logger.Level.INFO,
                    () -> "a TCP connection was refused, the " + refusals + ". so far: " + why);
        }
    }

    private Guest.@Nullable Host host(final byte[] name) {
        Guest.Host found = null;
        for (final Guest.Host each : hosts) {
            if (each.key().isNamed(name)) {
                found = each;
            }
        }
        return found;
    }

    @Override
    void free() {
        CloseHelper.quietCloseAll(selector, server);
        guests.forEach(Guest::sendAway);
    }
}
