package dev.maar.transport;

/** How a message came. One object is used again for every message of a subscriber: read it, do not keep it. */
public final class Delivery {

    private Transport transport = Transport.LOCAL;
    private long sequence;

    Delivery() {}

    void set(final Transport carrier, final long number) {
        transport = carrier;
        sequence = number;
    }

    /**
     * What really carried this message.
     *
     * @return the transport
     */
    public Transport transport() {
        return transport;
    }

    /**
     * The message's number among those its publisher has sent: 0 for the first, without gaps from the first that this
     * subscriber sees. Messages published while nobody was connected have none.
     *
     * @return the number
     */
    public long sequence() {
        return sequence;
    }

    @Override
    public String toString() {
        return transport.label() + "#" + sequence;
    }
}
