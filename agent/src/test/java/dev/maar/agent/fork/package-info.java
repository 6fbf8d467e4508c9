/** Tests of single forks and what they say. */
@NullMarked
package dev.maar.agent.fork;

import org.jspecify.annotations.NullMarked;
