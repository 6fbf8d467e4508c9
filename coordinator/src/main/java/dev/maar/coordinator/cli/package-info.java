/** The command line: reads what a user asks, shows what happens, answers with an exit code. */
@NullMarked
package dev.maar.coordinator.cli;

import org.jspecify.annotations.NullMarked;
