/**
 * Bytes through Aeron's logs: a media driver, writers and readers of logs, messages of any size cut into frames. Knows
 * nothing of topics. Not part of the API.
 */
@NullMarked
package dev.maar.transport.aeron;

import org.jspecify.annotations.NullMarked;
