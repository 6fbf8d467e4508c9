/** Plans experiments, hands their jobs to agents, merges the results and tells people. */
@NullMarked
package dev.maar.coordinator;

import org.jspecify.annotations.NullMarked;
