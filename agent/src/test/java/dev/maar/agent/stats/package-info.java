/** Tests of the statistics, and the simulator that shows what they are worth. */
@NullMarked
package dev.maar.agent.stats;

import org.jspecify.annotations.NullMarked;
