/** What this machine's noise is, case by case: measured with equal sides, kept, and turned into thresholds. */
@NullMarked
package dev.maar.coordinator.calibration;

import org.jspecify.annotations.NullMarked;
