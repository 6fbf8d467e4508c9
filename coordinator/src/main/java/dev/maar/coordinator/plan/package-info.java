/** What an experiment will do, decided before it does anything, and the folder in which it is written down with what came of it. */
@NullMarked
package dev.maar.coordinator.plan;

import org.jspecify.annotations.NullMarked;
