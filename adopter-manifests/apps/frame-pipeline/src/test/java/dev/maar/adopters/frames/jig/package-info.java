/** The frame pipeline's hot path, for the farm. */
package dev.maar.adopters.frames.jig;
