package dev.maar.transport;

import dev.maar.transport.mesh.Secret;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the settings by which runtimes of different hosts find each other. */
final class NetworkSettings {

    private static final Pattern ADDRESS = Pattern.compile("(?:\\[([0-9a-fA-F:.%]+)]|([^\\[\\]:\\s,]+)):(\\d{1,5})");
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
