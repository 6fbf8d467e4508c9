/** The relay chain's hot path, for the farm. */
package dev.maar.adopters.relay.jig;
