package dev.maar.transport;

/** Options by which messages inside one runtime travel by a given transport. */
final class Forced {

    private Forced() {}

    static PublisherOptions options(final Transport transport) {
        return switch (transport) {
            case LOCAL -> PublisherOptions.defaults();
            case SHM -> PublisherOptions.defaults().allowLocal(false);
            case UDP -> PublisherOptions.defaults().forceUdp(true);
            case TCP -> PublisherOptions.defaults().forceTcp(true);
        };
    }
}
