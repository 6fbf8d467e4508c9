/** Tests of process groups and what ends them. */
@NullMarked
package dev.maar.agent.sandbox;

import org.jspecify.annotations.NullMarked;
