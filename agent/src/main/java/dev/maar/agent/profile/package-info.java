/** Why a side is slower or faster: each side's fork by itself under the JDK's flight recorder, after it was measured and never while. */
@NullMarked
package dev.maar.agent.profile;

import org.jspecify.annotations.NullMarked;
