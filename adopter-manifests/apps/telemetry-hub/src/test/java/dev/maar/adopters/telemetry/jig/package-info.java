/** The telemetry hub's hot path, for the farm. */
package dev.maar.adopters.telemetry.jig;
