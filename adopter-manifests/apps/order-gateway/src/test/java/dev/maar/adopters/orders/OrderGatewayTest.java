package dev.maar.adopters.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OrderGatewayTest {

    private final OrderGateway gateway = new OrderGateway(1 << 12);

    @Test
    void ordersAreNumberedAndArriveInOrder() {
        gateway.open(7, 1_000_000);
        final List<Long> numbers = new ArrayList<>();

        assertThat(gateway.submit(7, 100, 1)).isEqualTo(1);
        assertThat(gateway.submit(7, 100, 2)).isEqualTo(2);
        assertThat(gateway.drain((number, account, price, quantity) -> numbers.add(number * 10 + quantity)))
                .isEqualTo(2);

        assertThat(numbers).containsExactly(11L, 22L);
        assertThat(gateway.onTheirWay()).isZero();
    }

    @Test
    void anAccountCanNotExceedItsLimitUntilItsOrdersAreMatched() {
        gateway.open(7, 150);

        assertThat(gateway.submit(7, 100, 1)).isEqualTo(1);
        assertThat(gateway.submit(7, 100, 1)).isZero();
        gateway.drain((number, account, price, quantity) -> {});
        assertThat(gateway.submit(7, 100, 1)).isEqualTo(2);
    }

    @Test
    void anUnknownAccountGetsNothing() {
        assertThat(gateway.submit(8, 1, 1)).isZero();
    }

    @Test
    void aFullRingRefusesAndLosesNothing() {
        gateway.open(7, Long.MAX_VALUE);
        long last = 0;
        for (long number = gateway.submit(7, 1, 1); number != 0; number = gateway.submit(7, 1, 1)) {
            last = number;
        }

        assertThat(gateway.onTheirWay()).isEqualTo((int) last);
        assertThat(gateway.drain((number, account, price, quantity) -> {})).isEqualTo((int) last);
    }
}
