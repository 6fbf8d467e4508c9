package dev.maar.adopters.orders.jig;

import dev.maar.adopters.orders.OrderGateway;
import dev.maar.jig.Case;
import dev.maar.jig.Check;
import dev.maar.jig.Jig;
import java.util.Random;

/** Orders of {@code accounts} accounts go through the gateway in bursts. An operation is one order. */
public final class OrdersJig implements Jig {

    private static final int ORDERS = 1 << 12;
    private static final int BURST = 64;

    private final OrderGateway gateway = new OrderGateway(1 << 14);
    private final int[] accounts = new int[ORDERS];
    private final long[] prices = new long[ORDERS];
    private long submitted;
    private long matched;
    private long sum;

    @Override
    public void setUp(final Case setting) {
        final Random random = new Random(setting.seed());
        final int count = setting.getInt("accounts");
        for (int account = 0; account < count; account++) {
            gateway.open(account * 7 + 1, Long.MAX_VALUE / 2);
        }
        for (int i = 0; i < ORDERS; i++) {
            accounts[i] = random.nextInt(count) * 7 + 1;
            prices[i] = 1 + random.nextInt(1000);
        }
    }

    @Override
    public void run(final long operations) {
        for (long i = 0; i < operations; i++) {
            final int next = (int) (submitted++ & (ORDERS - 1));
            gateway.submit(accounts[next], prices[next], 1 + (next & 15));
            if ((submitted & (BURST - 1)) == 0) {
                gateway.drain(this::match);
            }
        }
        gateway.drain(this::match);
    }

    private void match(final long number, final int account, final long price, final int quantity) {
        matched++;
        sum = sum * 31 + number + account + price * quantity;
    }

    @Override
    public Check check() {
        return Check.of(matched, sum);
    }

    @Override
    public void close() {
        // Nothing is held open.
    }
}
