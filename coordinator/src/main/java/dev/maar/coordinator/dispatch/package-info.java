/** Hands jobs to agents and brings their results back. */
@NullMarked
package dev.maar.coordinator.dispatch;

import org.jspecify.annotations.NullMarked;
