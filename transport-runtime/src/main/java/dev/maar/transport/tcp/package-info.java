/**
 * Aeron's logs joined by TCP: the bytes of a log travel through a socket into a log of the same shape, and the positions
 * of its readers travel back. Knows nothing of topics. Not part of the API.
 */
@NullMarked
package dev.maar.transport.tcp;

import org.jspecify.annotations.NullMarked;
