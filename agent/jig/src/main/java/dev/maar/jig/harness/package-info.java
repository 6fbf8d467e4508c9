/** Runs one jig in a fork and answers the process jig protocol for it. Needs nothing but the JDK. */
@NullMarked
package dev.maar.jig.harness;

import org.jspecify.annotations.NullMarked;
