/** TCP links against broken connections and hostile peers. */
@NullMarked
package dev.maar.transport.tcp;

import org.jspecify.annotations.NullMarked;
