package dev.maar.transport.tcp;

import dev.maar.transport.mesh.Secret;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * How TCP links are set up.
 *
 * @param listen where connections are taken; port 0 for any
 * @param secret shared with the peers; needed as soon as a link leaves the loopback interface
 * @param maxTermLength the longest term that a peer may ask for, in bytes; a link takes three of them in memory
 * @param keepAlive how often either side says something at the least
 * @param silence after how long without a word the other side counts as dead: well above {@code keepAlive} and above the
 *     time that a process may be frozen
 */
public record LinkSettings(
        InetSocketAddress listen, Optional<Secret> secret, int maxTermLength, Duration keepAlive, Duration silence) {

    /** Default of {@code maxTermLength}: 64 MiB. */
    public static final int MAX_TERM_LENGTH_DEFAULT = 64 << 20;

    /** Default of {@code keepAlive}: 1 second. */
    public static final Duration KEEP_ALIVE_DEFAULT = Duration.ofSeconds(1);

    /** Default of {@code silence}: 6 seconds. */
    public static final Duration SILENCE_DEFAULT = Duration.ofSeconds(6);

    /**
     * On the loopback interface, without a secret.
     *
     * @return the settings
     */
    public static LinkSettings loopback() {
        return at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Optional.empty());
    }

    /**
     * The defaults but for where and with whom.
     *
     * @param listen where connections are taken; port 0 for any
     * @param secret shared with the peers; needed as soon as a link leaves the loopback interface
     * @return the settings
     */
    public static LinkSettings at(final InetSocketAddress listen, final Optional<Secret> secret) {
        return new LinkSettings(listen, secret, MAX_TERM_LENGTH_DEFAULT, KEEP_ALIVE_DEFAULT, SILENCE_DEFAULT);
    }

    /** Whether somebody without the secret could only be on this host. */
    boolean isSafeWith(final InetAddress address) {
        return secret.isPresent() || address.isLoopbackAddress();
    }
}
