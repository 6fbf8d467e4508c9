/** The meeting rooms' hot path, for the farm. */
package dev.maar.adopters.rooms.jig;
