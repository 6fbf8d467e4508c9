package dev.maar.transport;

/** Adds up what the members of a registry have counted. */
final class RegistryCounters implements Counters {

    private final Registry registry;

    RegistryCounters(final Registry registry) {
        this.registry = registry;
    }

    @Override
    public long sent(final Transport transport) {
        return registry.total(Count.SENT, transport);
    }

    @Override
    public long received(final Transport transport) {
        return registry.total(Count.RECEIVED, transport);
    }

    @Override
    public long bytesSent(final Transport transport) {
        return registry.total(Count.BYTES_SENT, transport);
    }

    @Override
    public long bytesReceived(final Transport transport) {
        return registry.total(Count.BYTES_RECEIVED, transport);
    }

    @Override
    public long backPressured(final Transport transport) {
        return registry.total(Count.BACK_PRESSURED, transport);
    }

    @Override
    public long dropped(final Transport transport) {
        return registry.total(Count.DROPPED, transport);
    }
}
