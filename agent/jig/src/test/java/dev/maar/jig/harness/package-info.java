/** Tests of the fork harness. */
@NullMarked
package dev.maar.jig.harness;

import org.jspecify.annotations.NullMarked;
