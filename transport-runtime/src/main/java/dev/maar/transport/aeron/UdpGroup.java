package dev.maar.transport.aeron;

import java.net.InetAddress;

/**
 * Where a log is sent once for all its readers.
 *
 * @param endpoint the multicast group and port, as {@code 239.1.1.1:40123}
 * @param through an address of the network interface to send and listen through
 */
public record UdpGroup(String endpoint, InetAddress through) {}
