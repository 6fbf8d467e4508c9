/** Turns what agents observed into verdicts: one total table a stage, and the judging of cells over all their pairs. */
@NullMarked
package dev.maar.coordinator.merge;

import org.jspecify.annotations.NullMarked;
