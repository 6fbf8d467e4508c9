/** An order gateway: orders are checked against their account, numbered, and passed on in a fixed layout. */
package dev.maar.adopters.orders;
