/** A latency recorder: threads record into histograms, a clock writes what each interval held to a log. */
package dev.maar.adopters.latency;
