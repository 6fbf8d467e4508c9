/** Tests of live pairs and what surrounds them. */
@NullMarked
package dev.maar.agent.measure;

import org.jspecify.annotations.NullMarked;
