/** The messaging runtime: topics, publishers and subscribers over several transports under one contract. */
@NullMarked
package dev.maar.transport;

import org.jspecify.annotations.NullMarked;
