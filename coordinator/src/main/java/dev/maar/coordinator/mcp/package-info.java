/** Maar's commands as tools of the Model Context Protocol, over standard input and output; the only package that knows its library. */
@NullMarked
package dev.maar.coordinator.mcp;

import org.jspecify.annotations.NullMarked;
