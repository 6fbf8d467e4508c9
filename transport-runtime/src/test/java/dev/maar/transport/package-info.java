/** One conformance suite for all transports, and what is particular to each. */
@NullMarked
package dev.maar.transport;

import org.jspecify.annotations.NullMarked;
