/** The statistics: from the slices of live pairs to effects, from effects to verdicts, as pure functions. */
@NullMarked
package dev.maar.agent.stats;

import org.jspecify.annotations.NullMarked;
