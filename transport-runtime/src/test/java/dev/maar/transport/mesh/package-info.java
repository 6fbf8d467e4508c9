/** Tests of finding each other. */
@NullMarked
package dev.maar.transport.mesh;

import org.jspecify.annotations.NullMarked;
