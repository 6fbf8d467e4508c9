@NullMarked
package dev.maar.coordinator.calibration;

import org.jspecify.annotations.NullMarked;
