/** The burst recorder's hot path, for the farm. */
package dev.maar.adopters.recorder.jig;
