package dev.maar.transport.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runtimes find each other on one host and across hosts, and strangers harm nobody. */
final class MeshTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Secret SECRET = Secret.of("sixteen characters");
    private static final long SEED = 20_261_121;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path temporary;

    private final List<Mesh> meshes = new ArrayList<>();

    @AfterEach
    void close() {
        meshes.forEach(Mesh::close);
    }

    private static void eventually(final Callable<Boolean> condition) {
        await().atMost(SOON)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(condition);
    }

    private Mesh launch(final MeshSettings settings, final MeshListener listener) {
        final Mesh mesh = Mesh.launch(settings, listener);
        meshes.add(mesh);
        return mesh;
    }

    private Mesh onHost(final Path directory, final MeshListener listener) {
        return launch(
                new MeshSettings(
                        directory,
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(6)),
                listener);
    }

    private MeshSettings network(
            final String host, final List<InetSocketAddress> peers, final int port, final Secret secret) {
        return new MeshSettings(
                temporary.resolve(host),
                peers,
                Optional.of(loopback(port)),
                Optional.of(secret),
                Duration.ofMillis(50),
                Duration.ofSeconds(3));
    }

    private static InetSocketAddress loopback(final int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private static List<Path> sockets(final Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".sock")).toList();
        }
    }

    @Test
    void allRuntimesOfAHostFindEachOtherAndSayGoodbye() throws IOException {
        final Path directory = temporary.resolve("mesh");
        final List<Gossip> gossips =
                IntStream.range(0, 5).mapToObj(i -> new Gossip()).toList();
        gossips.forEach(gossip -> onHost(directory, gossip));
        gossips.forEach(gossip -> eventually(() -> gossip.present.size() == 4));
        assertThat(gossips)
                .allSatisfy(gossip -> assertThat(gossip.present)
                        .allSatisfy(peer -> assertThat(peer.isSameHost()).isTrue())
                        .extracting(Peer::id)
                        .doesNotHaveDuplicates());
        assertThat(sockets(directory)).hasSize(5);
        meshes.get(2).close();
        eventually(() ->
                gossips.get(0).present.size() == 3 && gossips.get(4).present.size() == 3);
        assertThat(gossips.get(0).lost).containsExactly(true);
        assertThat(sockets(directory)).hasSize(4);
    }

    @Test
    void messagesArriveWholeAndInOrder() {
        final Path directory = temporary.resolve("mesh");
        final Gossip one = new Gossip();
        final Gossip two = new Gossip();
        onHost(directory, one);
        onHost(directory, two);
        eventually(() -> one.present.size() == 1 && two.present.size() == 1);
        final List<Message> told = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            told.addAll(Messages.some(i));
        }
        told.forEach(one.present.get(0)::send);
        eventually(() -> two.heard.size() == told.size());
        assertThat(two.heard).isEqualTo(told);
        assertThat(one.heard).isEmpty();
    }

    @Test
    void theSocketOfADeadRuntimeIsRemoved() throws IOException {
        final Path directory = Files.createDirectory(
                temporary.resolve("mesh"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        final Path dead = directory.resolve("1-dead.sock");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(dead));
        }
        assertThat(Files.exists(dead)).isTrue();
        onHost(directory, new Gossip());
        assertThat(Files.exists(dead)).isFalse();
    }

    @Test
    void aDirectoryThatOthersMayEnterIsRefused() throws IOException {
        final Path directory = Files.createDirectory(
                temporary.resolve("mesh"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        assertThatThrownBy(() -> onHost(directory, new Gossip()))
                .isInstanceOf(MeshException.class)
                .hasMessageContaining(directory.toString())
                .hasMessageContaining("other users may enter it");
        final Path link = Files.createSymbolicLink(temporary.resolve("link"), temporary);
        assertThatThrownBy(() -> onHost(link, new Gossip())).hasMessageContaining("it is no directory");
    }

    private Path longDirectory(final String word) {
        return temporary.resolve(word.repeat(30)).resolve("mesh");
    }

    @Test
    void aDirectoryWithALongNameIsAMeetingPlaceTooOfWhichNothingIsLeft() throws IOException {
        final Path directory = longDirectory("long");
        final Path place = MeetingPlace.of(directory).directory();
        final Gossip one = new Gossip();
        final Gossip two = new Gossip();
        onHost(directory, one);
        final Mesh later = onHost(directory, two);
        eventually(() -> one.present.size() == 1 && two.present.size() == 1);
        assertThat(sockets(place)).hasSize(2);
        later.close();
        assertThat(sockets(place)).hasSize(1);
        meshes.get(0).close();
        assertThat(place).doesNotExist();
    }

    @Test
    void whatTheKilledLeftOfTheirPlaceIsRemovedByWhoComesToAnyOther() throws IOException {
        final Path deserted = MeetingPlace.of(longDirectory("dead")).directory();
        final Gossip living = new Gossip();
        onHost(longDirectory("alive"), living);
        Files.createDirectory(
                deserted, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(deserted.resolve("1-dead.sock")));
        }
        assertThat(sockets(deserted)).hasSize(1);
        onHost(longDirectory("other"), new Gossip());
        assertThat(deserted).doesNotExist();
        final Gossip late = new Gossip();
        onHost(longDirectory("alive"), late);
        eventually(() -> living.present.size() == 1 && late.present.size() == 1);
    }

    @Test
    void garbageOnTheHostsSocketHarmsNobody() throws IOException {
        final Path directory = temporary.resolve("mesh");
        final Gossip one = new Gossip();
        onHost(directory, one);
        final Path socket = sockets(directory).get(0);
        final Random random = new Random(SEED);
        final byte[] garbage = new byte[5_000];
        for (int i = 0; i < 20; i++) {
            random.nextBytes(garbage);
            try (SocketChannel stranger = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                stranger.connect(UnixDomainSocketAddress.of(socket));
                stranger.write(ByteBuffer.wrap(garbage));
                assertThat(isClosedByPeer(stranger)).isTrue();
            } catch (final java.net.SocketException closedWhileWriting) {
                assertThat(closedWhileWriting).hasMessageContaining("pipe");
            }
        }
        final Gossip two = new Gossip();
        onHost(directory, two);
        eventually(() -> one.present.size() == 1 && two.present.size() == 1);
        assertThat(one.heard).isEmpty();
        assertThat(one.lost).isEmpty();
    }

    private static boolean isClosedByPeer(final SocketChannel channel) {
        final ByteBuffer bytes = ByteBuffer.allocate(1_000);
        try {
            while (channel.read(bytes.clear()) >= 0) {
                assertThat(bytes.position()).isPositive();
            }
            return true;
        } catch (final IOException reset) {
            return true;
        }
    }

    @Test
    void runtimesOfDifferentHostsThatCallEachOtherKeepOneConnection() {
        final Gossip one = new Gossip();
        final Gossip two = new Gossip();
        final int port = launch(network("a", List.of(), 0, SECRET), one)
                .listenAddress()
                .orElseThrow()
                .getPort();
        meshes.get(0).close();
        launch(network("b", List.of(loopback(port)), 0, SECRET), two);
        final int other = meshes.get(1).listenAddress().orElseThrow().getPort();
        launch(network("a", List.of(loopback(other), loopback(port)), port, SECRET), one);
        eventually(() -> one.present.size() == 1 && two.present.size() == 1);
        final Message word = new Message.Subscribed(7, false, "topic");
        eventually(() -> {
            one.present.forEach(peer -> peer.send(word));
            two.present.forEach(peer -> peer.send(word));
            return one.heard.size() > 5 && two.heard.size() > 5;
        });
        assertThat(one.present).hasSize(1).allSatisfy(peer -> {
            assertThat(peer.isSameHost()).isFalse();
            assertThat(peer.address()).contains(InetAddress.getLoopbackAddress());
            assertThat(peer.ownAddress()).contains(InetAddress.getLoopbackAddress());
        });
    }

    @Test
    void aPeerThatComesBackIsFoundAgain() {
        final Gossip one = new Gossip();
        final Gossip two = new Gossip();
        final int port = launch(network("a", List.of(), 0, SECRET), one)
                .listenAddress()
                .orElseThrow()
                .getPort();
        launch(network("b", List.of(loopback(port)), 0, SECRET), two);
        eventually(() -> one.present.size() == 1 && two.present.size() == 1);
        meshes.get(0).close();
        eventually(() -> two.present.isEmpty());
        assertThat(two.lost).containsExactly(true);
        final Gossip again = new Gossip();
        launch(network("a", List.of(), port, SECRET), again);
        eventually(() -> again.present.size() == 1 && two.present.size() == 1);
    }

    @Test
    void whoDoesNotKnowTheSecretIsNoPeer() {
        final Gossip one = new Gossip();
        final Gossip wrong = new Gossip();
        final Gossip right = new Gossip();
        final int port = launch(network("a", List.of(), 0, SECRET), one)
                .listenAddress()
                .orElseThrow()
                .getPort();
        launch(network("b", List.of(loopback(port)), 0, Secret.of("another secret of 28 letters")), wrong);
        launch(network("c", List.of(loopback(port)), 0, SECRET), right);
        eventually(() -> one.present.size() == 1 && right.present.size() == 1);
        assertThat(wrong.present).isEmpty();
        assertThat(one.present.get(0).id()).isEqualTo(meshes.get(2).id());
    }

    @Test
    void garbageAndSilenceFromTheNetworkHarmNobody() throws IOException {
        final Gossip one = new Gossip();
        final int port = launch(network("a", List.of(), 0, SECRET), one)
                .listenAddress()
                .orElseThrow()
                .getPort();
        final Random random = new Random(SEED);
        final byte[] garbage = new byte[5_000];
        final List<Socket> silent = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            silent.add(new Socket(InetAddress.getLoopbackAddress(), port));
        }
        for (final Socket socket : silent) {
            socket.close();
        }
        for (int i = 0; i < 20; i++) {
            random.nextBytes(garbage);
            try (SocketChannel stranger = SocketChannel.open(loopback(port))) {
                stranger.write(ByteBuffer.wrap(garbage));
                assertThat(isClosedByPeer(stranger)).isTrue();
            } catch (final IOException reset) {
                assertThat(reset).hasMessageMatching("(?i).*(reset|pipe).*");
            }
        }
        try (SocketChannel mute = SocketChannel.open(loopback(port))) {
            assertThat(isClosedByPeer(mute)).isTrue();
        }
        final Gossip two = new Gossip();
        launch(network("b", List.of(loopback(port)), 0, SECRET), two);
        eventually(() -> one.present.size() == 1 && two.present.size() == 1);
        assertThat(one.heard).isEmpty();
    }

    @Test
    void leavingTheHostWithoutASecretIsAnErrorThatNamesTheSetting() {
        final MeshSettings open = new MeshSettings(
                temporary.resolve("mesh"),
                List.of(),
                Optional.of(new InetSocketAddress("0.0.0.0", 0)),
                Optional.empty(),
                SOON,
                SOON);
        assertThatThrownBy(() -> launch(open, new Gossip()))
                .isInstanceOf(MeshException.class)
                .hasMessageContaining("MAAR_LISTEN")
                .hasMessageContaining("MAAR_SECRET");
        final MeshSettings calling = new MeshSettings(
                temporary.resolve("mesh"),
                List.of(InetSocketAddress.createUnresolved("203.0.113.7", 4000)),
                Optional.empty(),
                Optional.empty(),
                SOON,
                SOON);
        assertThatThrownBy(() -> launch(calling, new Gossip()))
                .hasMessageContaining("MAAR_PEERS")
                .hasMessageContaining("MAAR_SECRET");
        assertThatThrownBy(() -> Secret.of("too short")).hasMessageContaining("16");
    }
}
