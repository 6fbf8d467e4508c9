/**
 * A video pipeline: a camera publishes large frames on a topic of the transport runtime, an inspector measures each
 * frame tile by tile where it lies and publishes a small report, and an archive keeps an index of the reports. Camera,
 * inspector and archive work at the pace of their callers, with the runtime's synchronous receivers.
 */
package dev.maar.adopters.frames;
