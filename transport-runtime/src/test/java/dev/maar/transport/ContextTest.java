package dev.maar.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.maar.transport.aeron.UdpGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings: explicit beats environment beats default, and nonsense is refused by name. */
final class ContextTest {

    @Test
    void defaultsAreAsDocumented() {
        final TransportContext context = new TransportContext(Map.of());
        assertThat(context.maxInFlight()).isEqualTo(32);
        assertThat(context.publishTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(context.connectTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(context.termLength()).isEqualTo(4 << 20);
        assertThat(context.aeronDirectory()).contains(Path.of(System.getProperty("aeron.dir")));
        assertThat(context.peers()).isEmpty();
        assertThat(context.listen()).isEmpty();
    }

    @Test
    void theEnvironmentBeatsTheDefaultAndExplicitBeatsBoth() {
        final TransportContext context = new TransportContext(Map.of(
                "MAAR_MAX_IN_FLIGHT", "7",
                "MAAR_PUBLISH_TIMEOUT", "1500",
                "MAAR_CONNECT_TIMEOUT", "2500",
                "MAAR_TERM_LENGTH", "1048576",
                "MAAR_AERON_DIRECTORY", "/dev/shm/here",
                "MAAR_PEERS", "one.example:4000, [2001:db8::1]:4001",
                "MAAR_LISTEN", "0.0.0.0:4000"));
        assertThat(context.maxInFlight()).isEqualTo(7);
        assertThat(context.publishTimeout()).isEqualTo(Duration.ofMillis(1500));
        assertThat(context.connectTimeout()).isEqualTo(Duration.ofMillis(2500));
        assertThat(context.termLength()).isEqualTo(1 << 20);
        assertThat(context.aeronDirectory()).contains(Path.of("/dev/shm/here"));
        assertThat(context.peers())
                .containsExactly(
                        InetSocketAddress.createUnresolved("one.example", 4000),
                        InetSocketAddress.createUnresolved("2001:db8::1", 4001));
        assertThat(context.listen()).contains(InetSocketAddress.createUnresolved("0.0.0.0", 4000));
        context.maxInFlight(9)
                .publishTimeout(Duration.ZERO)
                .connectTimeout(Duration.ofSeconds(1))
                .termLength(2 << 20)
                .aeronDirectory(Path.of("/dev/shm/there"))
                .peers(List.of())
                .listen("127.0.0.1:0");
        assertThat(context.maxInFlight()).isEqualTo(9);
        assertThat(context.publishTimeout()).isZero();
        assertThat(context.connectTimeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(context.termLength()).isEqualTo(2 << 20);
        assertThat(context.aeronDirectory()).contains(Path.of("/dev/shm/there"));
        assertThat(context.peers()).isEmpty();
        assertThat(context.listen()).contains(InetSocketAddress.createUnresolved("127.0.0.1", 0));
    }

    @ParameterizedTest
    @CsvSource({
        "MAAR_MAX_IN_FLIGHT,0",
        "MAAR_MAX_IN_FLIGHT,many",
        "MAAR_MAX_IN_FLIGHT,''",
        "MAAR_PUBLISH_TIMEOUT,-1",
        "MAAR_CONNECT_TIMEOUT,1s",
        "MAAR_TERM_LENGTH,3000000",
        "MAAR_TERM_LENGTH,65536",
        "MAAR_PEERS,'one.example:4000,'",
        "MAAR_PEERS,one.example",
        "MAAR_LISTEN,one.example:65536",
        "MAAR_LISTEN,2001:db8::1:4000",
        "MAAR_SECRET,fifteen letters",
        "MAAR_MULTICAST,239.1.1.1",
        "MAAR_MULTICAST,239.1.1.2:4000",
        "MAAR_MULTICAST,10.1.1.1:4000",
        "MAAR_MULTICAST,group.example:4000",
        "MAAR_MULTICAST,'239.1.1.1:4000|mtu=9000'",
        "MAAR_MULTICAST,239.1.1.1:4000"
    })
    void nonsenseInTheEnvironmentIsAnErrorThatNamesTheVariable(final String name, final String value) {
        final TransportContext context = new TransportContext(Map.of(name, value));
        assertThatThrownBy(() -> TransportRuntime.launch(context))
                .isInstanceOfSatisfying(
                        TransportException.class,
                        thrown -> assertThat(thrown.error()).isEqualTo(TransportError.BAD_SETTING))
                .hasMessageContaining(name);
    }

    @ParameterizedTest
    @CsvSource({"239.1.1.1:4000", "224.0.1.3:1", "[ff02::1]:4000"})
    void aGroupIsSentToThroughTheInterfaceThatIsListenedAt(final String group) {
        final TransportContext context = new TransportContext(Map.of("MAAR_MULTICAST", group))
                .listen("127.0.0.1:0")
                .conclude();

        assertThat(context.multicast()).contains(group);
        assertThat(context.group()).contains(new UdpGroup(group, InetAddress.getLoopbackAddress()));
    }

    @Test
    void noInterfaceIsEveryInterface() {
        final TransportContext context =
                new TransportContext(Map.of()).multicast("239.1.1.1:4000").listen("0.0.0.0:0");

        assertThatThrownBy(context::conclude)
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("MAAR_MULTICAST")
                .hasMessageContaining("MAAR_LISTEN");
    }
}
