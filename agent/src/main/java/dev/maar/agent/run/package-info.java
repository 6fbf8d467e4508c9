/** Does jobs: the one place that knows the order of source, build, test and measure. */
@NullMarked
package dev.maar.agent.run;

import org.jspecify.annotations.NullMarked;
