/** Real pairs by the hundred: how often equal sides are called changed, what known slowdowns come out as, and what that costs. */
@NullMarked
package dev.maar.coordinator.evidence;

import org.jspecify.annotations.NullMarked;
