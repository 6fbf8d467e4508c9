/** What earlier experiments found. */
@NullMarked
package dev.maar.coordinator.history;

import org.jspecify.annotations.NullMarked;
