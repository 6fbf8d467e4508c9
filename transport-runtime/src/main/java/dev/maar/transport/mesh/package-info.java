/**
 * How runtimes find each other and agree on who sends what to whom. No message of a topic passes here.
 *
 * <p>The runtimes of one host meet in a directory beside the media driver's: each listens there on a Unix domain socket
 * and connects to all who came before it. Runtimes of different hosts are connected by TCP, from a configured list of
 * peers, after both have proved that they know the same secret. Both speak the same protocol: frames of bounded length,
 * first a greeting with a version. When a process dies its connections end, and its peers know at once.
 *
 * <p>How a subscriber comes to hear a publisher of another runtime:
 *
 * <ol>
 *   <li>The subscriber's side tells every peer of each of its subscribers: {@link
 *       dev.maar.transport.mesh.Message.Subscribed}. New peers are told of those there are.
 *   <li>The publisher's side has a publisher of that topic, chooses what is to carry its messages to that peer, opens a
 *       log for it if it has none, and offers a route: {@link dev.maar.transport.mesh.Message.Offered}, with a number for
 *       the route that is its own choice, the carrier, the log's shape, where in the log the subscriber's rights begin,
 *       and, if the carrier needs them, an address and a token.
 *   <li>The subscriber's side joins the log, and says so: {@link dev.maar.transport.mesh.Message.Accepted}, with the
 *       counter of its position in the driver that both share (shared memory), or the address (and token) at which it
 *       takes the log's bytes (UDP, TCP). Or it can not, and says why: {@link dev.maar.transport.mesh.Message.Refused}.
 *   <li>From then on the publisher's side counts this subscriber. Where both do not share a driver, the subscriber's side
 *       says how far it has finished: {@link dev.maar.transport.mesh.Message.Consumed}.
 *   <li>A route ends when the subscriber's side leaves ({@link dev.maar.transport.mesh.Message.Left}), the publisher's
 *       side withdraws ({@link dev.maar.transport.mesh.Message.Withdrawn}: what is in the log is still read), or the
 *       connection to the peer ends.
 * </ol>
 *
 * <p>Needs nothing but the JDK, so that it costs no flag. Not part of the API.
 */
@NullMarked
package dev.maar.transport.mesh;

import org.jspecify.annotations.NullMarked;
