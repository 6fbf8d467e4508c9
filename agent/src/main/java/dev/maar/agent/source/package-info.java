/** Where sides come from: refs, the live checkout and patches turned into git trees, and frozen copies of adopters' folders. */
@NullMarked
package dev.maar.agent.source;

import org.jspecify.annotations.NullMarked;
