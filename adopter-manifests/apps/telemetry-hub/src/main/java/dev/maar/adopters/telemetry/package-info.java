/**
 * A telemetry hub: many devices report small readings on one topic of the transport runtime, and the hub keeps
 * statistics of each sensor over windows of readings. A device never waits for the hub: what finds no room is kept for a
 * while, the newest first, and the hub tells from the readings' counters how many are missing.
 */
package dev.maar.adopters.telemetry;
