/**
 * A compiler that stays: after an edit it compiles what the edit changed, into a jar like the one that a build made before. It is only
 * used for a module of which it was seen to make the very class files that the build made. Knows nothing of builds, sides or adopters.
 */
@NullMarked
package dev.maar.agent.resident;

import org.jspecify.annotations.NullMarked;
