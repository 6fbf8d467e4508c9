/** Runs foreign programs: each in a process group of its own, with nothing of ours in its environment, and never left behind. */
@NullMarked
package dev.maar.agent.sandbox;

import org.jspecify.annotations.NullMarked;
