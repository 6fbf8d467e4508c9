/** Tests of what a jig is written against. */
@NullMarked
package dev.maar.jig;

import org.jspecify.annotations.NullMarked;
