/** One experiment's life: planned, stored, run through jobs, merged, reported. */
@NullMarked
package dev.maar.coordinator.experiment;

import org.jspecify.annotations.NullMarked;
