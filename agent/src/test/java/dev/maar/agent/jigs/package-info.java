/** Jigs that behave well and badly, run in forks by the tests. They use nothing but the JDK and the jig API. */
@NullMarked
package dev.maar.agent.jigs;

import org.jspecify.annotations.NullMarked;
