/** Tests with two network namespaces as two hosts. */
@NullMarked
package dev.maar.transport.hosts;

import org.jspecify.annotations.NullMarked;
