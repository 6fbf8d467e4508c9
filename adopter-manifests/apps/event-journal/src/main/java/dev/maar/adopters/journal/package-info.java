/** An event journal: events in a file that is mapped into memory and grows as they come. */
package dev.maar.adopters.journal;
