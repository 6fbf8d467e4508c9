/** What an adopter's jig is written against, and the harness that runs it in a fork. Needs nothing but the JDK. */
@NullMarked
package dev.maar.jig;

import org.jspecify.annotations.NullMarked;
