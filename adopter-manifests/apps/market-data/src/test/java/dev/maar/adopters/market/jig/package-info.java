/** The market data's hot path, for the farm. */
package dev.maar.adopters.market.jig;
