/** A simulated noisy machine, to count the false alarms and the finds of the shipped decision code beside those of other rules. */
@NullMarked
package dev.maar.agent.stats.simulation;

import org.jspecify.annotations.NullMarked;
