@NullMarked
package dev.maar.coordinator.inner;

import org.jspecify.annotations.NullMarked;
