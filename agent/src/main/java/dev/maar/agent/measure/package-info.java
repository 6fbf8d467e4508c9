/** Live pairs: their schedule, how they are run with only one fork awake at a time, and what the machine did meanwhile. */
@NullMarked
package dev.maar.agent.measure;

import org.jspecify.annotations.NullMarked;
