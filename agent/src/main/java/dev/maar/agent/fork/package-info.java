/** One fork: what to start, the protocol it is talked to in, and what it proves about itself. */
@NullMarked
package dev.maar.agent.fork;

import org.jspecify.annotations.NullMarked;
