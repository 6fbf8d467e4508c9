/** The document sync's hot path, for the farm. */
package dev.maar.adopters.documents.jig;
