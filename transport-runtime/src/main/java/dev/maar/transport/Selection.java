package dev.maar.transport;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which transport a publisher uses. Forced transports win over local delivery; without force it is local delivery where
 * that is allowed, and shared memory where not.
 *
 * @param inside the transport to subscribers of the same runtime
 * @param overridesLocal whether local delivery was allowed and would have been used, had nothing been forced
 */
record Selection(Transport inside, boolean overridesLocal) {

    private static final String ALLOW_LOCAL = "MAAR_ALLOW_LOCAL";
    private static final String FORCE_TCP = "MAAR_FORCE_TCP";
    private static final String FORCE_UDP = "MAAR_FORCE_UDP";

    /** The transport to subscribers of other runtimes. What is not forced is UDP to other hosts, if that gets through. */
    Transport to(final boolean sameHost) {
        return switch (inside) {
            case LOCAL, SHM -> sameHost ? Transport.SHM : Transport.UDP;
            case UDP, TCP -> inside;
        };
    }

    /** Explicit beats environment beats default, for each of the three by itself. */
    static Selection of(final PublisherOptions options, final Map<String, String> environment) {
        final boolean allowLocal = resolved(options.allowLocal(), ALLOW_LOCAL, environment, true);
        final boolean tcp = resolved(options.forceTcp(), FORCE_TCP, environment, false);
        final boolean udp = resolved(options.forceUdp(), FORCE_UDP, environment, false);
        if (tcp && udp) {
            throw new TransportException(
                    TransportError.BAD_SETTING,
                    "TCP and UDP are both forced, by forceTcp or " + FORCE_TCP + " and by forceUdp or " + FORCE_UDP
                            + ": set one of them to false");
        }
        if (tcp || udp) {
            return new Selection(tcp ? Transport.TCP : Transport.UDP, allowLocal);
        }
        return new Selection(allowLocal ? Transport.LOCAL : Transport.SHM, false);
    }

    private static boolean resolved(
            final Optional<Boolean> explicit,
            final String name,
            final Map<String, String> environment,
            final boolean byDefault) {
        final Optional<Boolean> fromEnvironment =
                Optional.ofNullable(environment.get(name)).map(value -> parsed(name, value));
        return explicit.or(() -> fromEnvironment).orElse(byDefault);
    }

    private static boolean parsed(final String name, final String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new TransportException(
                        TransportError.BAD_SETTING, name + " is true or false, not \"" + value + "\"");
        };
    }
}
