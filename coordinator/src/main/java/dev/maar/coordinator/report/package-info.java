/** The one result model of an experiment, and the writers that turn it into files and terminal output. */
@NullMarked
package dev.maar.coordinator.report;

import org.jspecify.annotations.NullMarked;
