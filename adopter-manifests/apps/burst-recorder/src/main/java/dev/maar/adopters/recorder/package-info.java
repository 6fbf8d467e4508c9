/**
 * A recorder for messages that come in bursts, as those of a vehicle's control units do: it hears one topic of the transport runtime and
 * keeps each message with the time at which it came, and a player publishes what was recorded with the same timing.
 * Recordings are files; {@link dev.maar.adopters.recorder.Main} makes, plays and describes them.
 */
package dev.maar.adopters.recorder;
