/**
 * Adopter zero: the runtime's own hot path and nothing else. Two ends play strict ping-pong with raw bytes, one message in
 * flight, in the asynchronous or the synchronous style of the API. Everything that is timed is the runtime's.
 */
package dev.maar.adopters.hotpath;
