/** The agent's settings, in one place: names, units, defaults. */
@NullMarked
package dev.maar.agent.settings;

import org.jspecify.annotations.NullMarked;
