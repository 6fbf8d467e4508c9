package dev.maar.transport;

import dev.maar.transport.aeron.UdpGroup;
import dev.maar.transport.mesh.Secret;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the settings by which runtimes of different hosts find each other. */
final class NetworkSettings {

    private static final Pattern ADDRESS = Pattern.compile("(?:\\[([0-9a-fA-F:.%]+)]|([^\\[\\]:\\s,]+)):(\\d{1,5})");
    /** Nothing that matches is a name: those of hosts do not end with a number, and have no colon. */
    private static final Pattern LITERAL = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}|[0-9a-fA-F:]*:[0-9a-fA-F:]*");

    private static final String GROUP_NEEDS_INTERFACE = "a multicast group (" + TransportContext.MULTICAST_ENV
            + ") needs an address of the network interface to send through, in " + TransportContext.LISTEN_ENV;

    private static final int IPV4_BYTES = 4;
    private static final int IPV4_GROUPS = 0xe0;
    private static final int IPV6_GROUPS = 0xff;
    private static final int MAX_PORT = 65_535;

    private NetworkSettings() {}

    /** Addresses with commas between them; none when the text is blank. Host names are not looked up. */
    static List<InetSocketAddress> addresses(final String setting, final String text) {
        if (text.isBlank()) {
            return List.of();
        }
        return Arrays.stream(text.split(",", -1))
                .map(each -> address(setting, each.strip()))
                .toList();
    }

    static InetSocketAddress address(final String setting, final String text) {
        final Matcher matcher = ADDRESS.matcher(text);
        if (!matcher.matches() || Integer.parseInt(matcher.group(3)) > MAX_PORT) {
            throw bad(setting + " is host:port, or [address]:port, not \"" + text + "\"");
        }
        final String host = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
        return InetSocketAddress.createUnresolved(host, Integer.parseInt(matcher.group(3)));
    }

    /** A multicast group and its port. The last byte of Aeron's groups is odd: the even one above is for what readers send back. */
    static String group(final String setting, final String text) {
        final InetSocketAddress address = address(setting, text);
        final Optional<byte[]> literal = literal(address.getHostString());
        if (literal.isEmpty() || address.getPort() == 0 || !isGroup(literal.get())) {
            throw bad(setting + " is a multicast group with an odd last byte and a port, as 239.1.1.1:40123, not \""
                    + text + "\"");
        }
        return text;
    }

    /** A group with the interface of this host to send through, whose address is looked up. */
    static UdpGroup through(final String endpoint, final Optional<InetSocketAddress> listen) {
        final InetSocketAddress at = listen.orElseThrow(() -> bad(GROUP_NEEDS_INTERFACE));
        try {
            final InetAddress through = InetAddress.getByName(at.getHostString());
            if (through.isAnyLocalAddress()) {
                throw bad(GROUP_NEEDS_INTERFACE);
            }
            return new UdpGroup(endpoint, through);
        } catch (final UnknownHostException e) {
            throw new TransportException(
                    TransportError.BAD_SETTING,
                    at.getHostString() + ", where this runtime is to listen and to send through, is not known",
                    e);
        }
    }

    private static boolean isGroup(final byte[] address) {
        final boolean multicast =
                address.length == IPV4_BYTES ? (address[0] & 0xf0) == IPV4_GROUPS : (address[0] & 0xff) == IPV6_GROUPS;
        return multicast && (address[address.length - 1] & 1) == 1;
    }

    /** The bytes of an address that is written as one; a name is not looked up. */
    private static Optional<byte[]> literal(final String host) {
        if (!LITERAL.matcher(host).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(host).getAddress());
        } catch (final UnknownHostException e) {
            return Optional.empty();
        }
    }

    static String secret(final String setting, final String text) {
        if (text.length() < Secret.MIN_LENGTH) {
            throw bad(setting + " has " + Secret.MIN_LENGTH + " characters or more, not " + text.length());
        }
        return text;
    }

    private static TransportException bad(final String message) {
        return new TransportException(TransportError.BAD_SETTING, message);
    }
}
