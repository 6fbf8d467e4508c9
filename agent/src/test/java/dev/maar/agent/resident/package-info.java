@NullMarked
package dev.maar.agent.resident;

import org.jspecify.annotations.NullMarked;
