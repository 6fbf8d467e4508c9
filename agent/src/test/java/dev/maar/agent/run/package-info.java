/** Tests of how jobs are done. */
@NullMarked
package dev.maar.agent.run;

import org.jspecify.annotations.NullMarked;
