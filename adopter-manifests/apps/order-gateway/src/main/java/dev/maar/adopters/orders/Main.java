package dev.maar.adopters.orders;

/** Sends a few orders through a gateway and prints them. */
public final class Main {

    private Main() {}

    /** Runs it. */
    public static void main(final String[] arguments) {
        final OrderGateway gateway = new OrderGateway(1 << 12);
        gateway.open(7, 10_000);
        gateway.submit(7, 101, 10);
        gateway.submit(7, 99, 20);
        gateway.drain((number, account, price, quantity) ->
                System.out.println(number + ": account " + account + ", " + quantity + " at " + price));
    }
}
