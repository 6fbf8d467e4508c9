/** Looks at the machine for what would spoil a measurement or a build, and says the mend. */
@NullMarked
package dev.maar.agent.doctor;

import org.jspecify.annotations.NullMarked;
