/**
 * What the runtime costs beside its rivals: the same payloads and the same loops, in processes that take turns. Run by
 * {@code transport-runtime/bench}.
 */
@NullMarked
package dev.maar.transport.bench;

import org.jspecify.annotations.NullMarked;
