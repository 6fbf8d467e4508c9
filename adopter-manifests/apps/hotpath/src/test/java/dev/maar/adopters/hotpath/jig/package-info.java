/** The hot-path suite, for the farm. */
package dev.maar.adopters.hotpath.jig;
