package dev.maar.adopters.orders;

import org.agrona.DirectBuffer;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/** Takes orders in, numbers them, and hands them to whoever matches them. For one thread. */
public final class OrderGateway {

    private static final int ORDER = 1;
    private static final int ORDER_LENGTH = 32;
    private static final long NONE = Long.MIN_VALUE;

    private final ManyToOneRingBuffer ring;
    private final Int2ObjectHashMap<Account> accounts = new Int2ObjectHashMap<>();
    private final Long2LongHashMap accountOfOrder = new Long2LongHashMap(NONE);
    private final UnsafeBuffer order = new UnsafeBuffer(new byte[ORDER_LENGTH]);
    private long lastNumber;

    /** What a matcher sees of an order. */
    @FunctionalInterface
    public interface Matcher {

        /** Takes an order. */
        void match(long number, int account, long price, int quantity);
    }

    private static final class Account {

        private final long limit;
        private long open;

        Account(final long limit) {
            this.limit = limit;
        }
    }

    /** A gateway that holds some bytes of orders on their way, a power of two. */
    public OrderGateway(final int bytes) {
        ring = new ManyToOneRingBuffer(new UnsafeBuffer(new byte[bytes + RingBufferDescriptor.TRAILER_LENGTH]));
    }

    /** Opens an account that may have orders of so much open at once. */
    public void open(final int account, final long limit) {
        accounts.put(account, new Account(limit));
    }

    /** Takes an order; returns its number, or 0 when the account is unknown, has reached its limit, or too much is on its way. */
    public long submit(final int account, final long price, final int quantity) {
        final Account owner = accounts.get(account);
        if (owner == null || owner.open + price * quantity > owner.limit) {
            return 0;
        }
        final long number = lastNumber + 1;
        order.putLong(0, number);
        order.putInt(8, account);
        order.putInt(12, quantity);
        order.putLong(16, price);
        if (!ring.write(ORDER, order, 0, ORDER_LENGTH)) {
            return 0;
        }
        lastNumber = number;
        owner.open += price * quantity;
        accountOfOrder.put(number, account);
        return number;
    }

    /** Hands what is on its way to a matcher; returns how many orders that were. */
    public int drain(final Matcher matcher) {
        return ring.read((type, buffer, index, length) -> hand(matcher, buffer, index));
    }

    private void hand(final Matcher matcher, final DirectBuffer buffer, final int index) {
        final long number = buffer.getLong(index);
        final int account = buffer.getInt(index + 8);
        final int quantity = buffer.getInt(index + 12);
        final long price = buffer.getLong(index + 16);
        if (accountOfOrder.remove(number) != NONE) {
            final Account owner = accounts.get(account);
            owner.open -= price * quantity;
        }
        matcher.match(number, account, price, quantity);
    }

    /** How many orders are on their way. */
    public int onTheirWay() {
        return accountOfOrder.size();
    }
}
