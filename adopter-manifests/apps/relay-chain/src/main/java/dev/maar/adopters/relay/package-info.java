/**
 * Signal processing as a chain of stages: a source plays a recorded signal in blocks, a low-pass filter and a
 * downsampler work on them, and a sink measures the level of what comes out. Each stage reads one topic of the
 * transport runtime and publishes on the next, all in the caller's duty cycle, so the chain needs no thread of its own.
 */
package dev.maar.adopters.relay;
