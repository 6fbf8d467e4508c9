package dev.maar.transport;

import dev.maar.transport.aeron.UdpGroup;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The settings of a runtime, each with its default and its name in the environment. What is set here beats the
 * environment, which beats the default. Not thread-safe; a runtime copies it when it is launched.
 */
public final class TransportContext {

    /** Environment name of {@link #aeronDirectory(Path)}: a path. */
    public static final String AERON_DIRECTORY_ENV = "MAAR_AERON_DIRECTORY";

    /** Environment name of {@link #peers(List)}: host:port, with commas between several. */
    public static final String PEERS_ENV = "MAAR_PEERS";

    /** Environment name of {@link #listen(String)}: host:port. */
    public static final String LISTEN_ENV = "MAAR_LISTEN";

    /** Environment name of {@link #secret(String)}: a text. */
    public static final String SECRET_ENV = "MAAR_SECRET";

    /** Environment name of {@link #multicast(String)}. */
    public static final String MULTICAST_ENV = "MAAR_MULTICAST";

    /** Environment name of {@link #countersDirectory(Path)}: a path. */
    public static final String COUNTERS_DIRECTORY_ENV = "MAAR_COUNTERS_DIRECTORY";

    /** Environment name of {@link #maxInFlight(int)}: a number of messages. */
    public static final String MAX_IN_FLIGHT_ENV = "MAAR_MAX_IN_FLIGHT";

    /** Environment name of {@link #publishTimeout(Duration)}: milliseconds. */
    public static final String PUBLISH_TIMEOUT_ENV = "MAAR_PUBLISH_TIMEOUT";

    /** Environment name of {@link #connectTimeout(Duration)}: milliseconds. */
    public static final String CONNECT_TIMEOUT_ENV = "MAAR_CONNECT_TIMEOUT";

    /** Environment name of {@link #termLength(int)}: bytes. */
    public static final String TERM_LENGTH_ENV = "MAAR_TERM_LENGTH";

    /** Default of {@link #maxInFlight(int)}: {@value} messages. */
    public static final int MAX_IN_FLIGHT_DEFAULT = 32;

    /** The most that {@link #maxInFlight(int)} may be: {@value} messages. */
    public static final int MAX_IN_FLIGHT_LIMIT = 1 << 16;

    /** Default of {@link #publishTimeout(Duration)}: 10 seconds. */
    public static final Duration PUBLISH_TIMEOUT_DEFAULT = Duration.ofSeconds(10);

    /** Default of {@link #connectTimeout(Duration)}: 10 seconds. */
    public static final Duration CONNECT_TIMEOUT_DEFAULT = Duration.ofSeconds(10);

    /** Default of {@link #termLength(int)}: 4 MiB. */
    public static final int TERM_LENGTH_DEFAULT = 4 << 20;

    private static final System.Logger LOG = System.getLogger(TransportRuntime.class.getName());
    private static final int MIN_TERM_LENGTH = 1 << 20;
    private static final int MAX_TERM_LENGTH = 1 << 30;

    private final Environment environment;
    private Optional<Path> aeronDirectory = Optional.empty();
    private Optional<List<InetSocketAddress>> peers = Optional.empty();
    private Optional<InetSocketAddress> listen = Optional.empty();
    private Optional<String> secret = Optional.empty();
    private Optional<String> multicast = Optional.empty();
    private Optional<Path> countersDirectory = Optional.empty();
    private Optional<UdpGroup> group = Optional.empty();
    private Optional<Integer> maxInFlight = Optional.empty();
    private Optional<Duration> publishTimeout = Optional.empty();
    private Optional<Duration> connectTimeout = Optional.empty();
    private Optional<Integer> termLength = Optional.empty();
    private Consumer<Throwable> errorHandler =
            thrown -> LOG.log(System.Logger.Level.ERROR, "a transport handler has failed", thrown);

    /** All settings unset, with the process's environment. */
    public TransportContext() {
        this(System.getenv());
    }

    /**
     * All settings unset, with an environment of the caller's.
     *
     * @param environment names and values
     */
    public TransportContext(final Map<String, String> environment) {
        this.environment = new Environment(environment);
    }

    private TransportContext(final TransportContext other) {
        environment = other.environment;
        aeronDirectory = other.aeronDirectory();
        peers = Optional.of(other.peers());
        listen = other.listen();
        secret = other.secret();
        multicast = other.multicast();
        group = other.group();
        countersDirectory = Optional.of(other.countersDirectory());
        maxInFlight = Optional.of(other.maxInFlight());
        publishTimeout = Optional.of(other.publishTimeout());
        connectTimeout = Optional.of(other.connectTimeout());
        termLength = Optional.of(other.termLength());
        errorHandler = other.errorHandler;
    }

    Map<String, String> environment() {
        return environment.values();
    }

    /** A copy in which every setting has been read and checked. */
    TransportContext conclude() {
        return new TransportContext(this);
    }

    /**
     * Where the media driver keeps its files, which should be in memory. Runtimes that name the same directory, in one
     * process or several, find each other and share one driver; those that name different ones are strangers.
     *
     * @param directory the directory; it is created, and removed when nobody uses it any more. Beside it there is one for
     *     finding each other, of the same name with {@code .mesh}
     * @return this
     * @see #AERON_DIRECTORY_ENV
     */
    public TransportContext aeronDirectory(final Path directory) {
        aeronDirectory = Optional.of(directory);
        return this;
    }

    /**
     * Where the media driver keeps its files: as set, else {@value #AERON_DIRECTORY_ENV}, else the system property
     * {@code aeron.dir}, else {@code AERON_DIR} in the environment.
     *
     * @return the directory; empty for that of this user and host under {@code /dev/shm}
     */
    public Optional<Path> aeronDirectory() {
        return aeronDirectory
                .or(() -> environment.path(AERON_DIRECTORY_ENV))
                .or(() -> Optional.ofNullable(System.getProperty("aeron.dir"))
                        .map(value -> Environment.path("aeron.dir", value)))
                .or(() -> environment.path("AERON_DIR"));
    }

    /** The directory that is really used. */
    Path hostDirectory() {
        return aeronDirectory().map(Path::toAbsolutePath).orElseGet(HostDirectory::ofThisUser);
    }

    /** Whether nothing was said of other runtimes: then it is no error when there can be none. */
    boolean isPlain() {
        return aeronDirectory().isEmpty() && peers().isEmpty() && listen().isEmpty();
    }

    /**
     * Where runtimes of other hosts listen. It is enough that one of two names the other.
     *
     * @param addresses each as host:port; default none
     * @return this
     * @throws TransportException when one is something else
     * @see #PEERS_ENV
     */
    public TransportContext peers(final List<String> addresses) {
        peers = Optional.of(addresses.stream()
                .map(each -> NetworkSettings.address("peers", each))
                .toList());
        return this;
    }

    /**
     * Where runtimes of other hosts listen.
     *
     * @return the addresses, not looked up
     */
    public List<InetSocketAddress> peers() {
        return peers.or(() -> environment.text(PEERS_ENV).map(value -> NetworkSettings.addresses(PEERS_ENV, value)))
                .orElse(List.of());
    }

    /**
     * Where this runtime listens for those of other hosts. An address that is not on the loopback interface needs a
     * {@link #secret(String)}.
     *
     * @param address host:port; default nowhere
     * @return this
     * @throws TransportException when it is something else
     * @see #LISTEN_ENV
     */
    public TransportContext listen(final String address) {
        listen = Optional.of(NetworkSettings.address("listen", address));
        return this;
    }

    /**
     * Where this runtime listens for those of other hosts.
     *
     * @return the address, not looked up; empty for nowhere
     */
    public Optional<InetSocketAddress> listen() {
        return listen.or(() -> environment.text(LISTEN_ENV).map(value -> NetworkSettings.address(LISTEN_ENV, value)));
    }

    /**
     * What runtimes of different hosts have to know to be let in. It is never sent; nothing is encrypted with it.
     *
     * @param text the same on all hosts, 16 characters or more
     * @return this
     * @throws TransportException when it is shorter
     * @see #SECRET_ENV
     */
    public TransportContext secret(final String text) {
        secret = Optional.of(NetworkSettings.secret("secret", text));
        return this;
    }

    Optional<String> secret() {
        return secret.or(() -> environment.text(SECRET_ENV).map(value -> NetworkSettings.secret(SECRET_ENV, value)));
    }

    /**
     * The group that this runtime's publishers send to, once for all subscribers, where they use UDP; through the network
     * interface of the address that the runtime listens at. Where that does not get through, TCP is used as ever.
     *
     * @param group a multicast address with an odd last byte, and a port, as {@code 239.1.1.1:40123}; default none: a publisher sends to each
     *     subscriber
     * @return this
     * @throws TransportException when it is something else
     * @see #MULTICAST_ENV
     */
    public TransportContext multicast(final String group) {
        multicast = Optional.of(NetworkSettings.group("multicast", group));
        return this;
    }

    /**
     * The group that this runtime's publishers send to.
     *
     * @return group and port; empty for none
     */
    public Optional<String> multicast() {
        return multicast.or(
                () -> environment.text(MULTICAST_ENV).map(value -> NetworkSettings.group(MULTICAST_ENV, value)));
    }

    /** The group with the interface to send through, looked up once. */
    Optional<UdpGroup> group() {
        return group.isPresent() ? group : multicast().map(endpoint -> NetworkSettings.through(endpoint, listen()));
    }

    /**
     * Where the runtime keeps its counters while it is there, in a file of its own that {@link CounterTable} reads from
     * another process. It takes 512 KiB.
     *
     * @param directory the directory, created if there is none; it has to be this user's
     * @return this
     * @see #COUNTERS_DIRECTORY_ENV
     */
    public TransportContext countersDirectory(final Path directory) {
        countersDirectory = Optional.of(directory);
        return this;
    }

    /**
     * Where the runtime keeps its counters: as set, else {@value #COUNTERS_DIRECTORY_ENV}, else a directory of this
     * user's in {@code /dev/shm}, or where temporary files are when there is no such thing.
     *
     * @return the directory
     */
    public Path countersDirectory() {
        return countersDirectory
                .or(() -> environment.path(COUNTERS_DIRECTORY_ENV))
                .orElseGet(CounterFile::ownDirectory);
    }

    /**
     * How many messages of one publisher may be on their way to its slowest subscriber. A message is in flight from
     * {@code publish} until that subscriber has finished with it.
     *
     * @param messages 1 to {@value #MAX_IN_FLIGHT_LIMIT}; default {@value #MAX_IN_FLIGHT_DEFAULT}
     * @return this
     * @see #MAX_IN_FLIGHT_ENV
     */
    public TransportContext maxInFlight(final int messages) {
        maxInFlight = Optional.of(Environment.inRange("maxInFlight", messages, 1, MAX_IN_FLIGHT_LIMIT));
        return this;
    }

    /**
     * How many messages of one publisher may be in flight.
     *
     * @return messages
     */
    public int maxInFlight() {
        return maxInFlight
                .or(() -> environment.number(MAX_IN_FLIGHT_ENV, 1, MAX_IN_FLIGHT_LIMIT))
                .orElse(MAX_IN_FLIGHT_DEFAULT);
    }

    /**
     * How long {@code publish} waits for room.
     *
     * @param timeout not negative; default 10 s
     * @return this
     * @see #PUBLISH_TIMEOUT_ENV
     */
    public TransportContext publishTimeout(final Duration timeout) {
        publishTimeout = Optional.of(Environment.notNegative("publishTimeout", timeout));
        return this;
    }

    /**
     * How long {@code publish} waits for room.
     *
     * @return the duration
     */
    public Duration publishTimeout() {
        return publishTimeout.or(() -> environment.millis(PUBLISH_TIMEOUT_ENV)).orElse(PUBLISH_TIMEOUT_DEFAULT);
    }

    /**
     * How long joining a publisher and a subscriber may take where a media driver is needed.
     *
     * @param timeout not negative; default 10 s
     * @return this
     * @see #CONNECT_TIMEOUT_ENV
     */
    public TransportContext connectTimeout(final Duration timeout) {
        connectTimeout = Optional.of(Environment.notNegative("connectTimeout", timeout));
        return this;
    }

    /**
     * How long joining a publisher and a subscriber may take.
     *
     * @return the duration
     */
    public Duration connectTimeout() {
        return connectTimeout.or(() -> environment.millis(CONNECT_TIMEOUT_ENV)).orElse(CONNECT_TIMEOUT_DEFAULT);
    }

    /**
     * The length of a term of a publisher's log. A publisher that uses shared memory takes three terms and 4 KiB of
     * {@code /dev/shm}; up to half a term is on its way at a time.
     *
     * @param bytes a power of two from 1 MiB to 1 GiB; default 4 MiB
     * @return this
     * @see #TERM_LENGTH_ENV
     */
    public TransportContext termLength(final int bytes) {
        termLength = Optional.of(Environment.powerOfTwo("termLength", bytes, MIN_TERM_LENGTH, MAX_TERM_LENGTH));
        return this;
    }

    /**
     * The length of a term of a publisher's log.
     *
     * @return bytes
     */
    public int termLength() {
        return termLength
                .or(() -> environment
                        .number(TERM_LENGTH_ENV, MIN_TERM_LENGTH, MAX_TERM_LENGTH)
                        .map(bytes -> Environment.powerOfTwo(TERM_LENGTH_ENV, bytes, MIN_TERM_LENGTH, MAX_TERM_LENGTH)))
                .orElse(TERM_LENGTH_DEFAULT);
    }

    /**
     * What is told of exceptions that nobody else could see: those of asynchronous handlers, and of the media driver.
     * Called on the thread where it happened. Default: logged as errors.
     *
     * @param handler called with each
     * @return this
     */
    public TransportContext errorHandler(final Consumer<Throwable> handler) {
        errorHandler = Objects.requireNonNull(handler, "handler");
        return this;
    }

    /**
     * What is told of exceptions that nobody else could see.
     *
     * @return the handler
     */
    public Consumer<Throwable> errorHandler() {
        return errorHandler;
    }
}
