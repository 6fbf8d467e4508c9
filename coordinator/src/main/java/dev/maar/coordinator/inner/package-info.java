/**
 * The inner loop: what one edit did to one adopter, told as soon as anything can be told, and then more and more surely. Measures and decides
 * nothing by itself: that is an experiment's, as ever.
 */
@NullMarked
package dev.maar.coordinator.inner;

import org.jspecify.annotations.NullMarked;
