/** Tests of the result model and of every writer. */
@NullMarked
package dev.maar.coordinator.report;

import org.jspecify.annotations.NullMarked;
