@NullMarked
package dev.maar.agent.profile;

import org.jspecify.annotations.NullMarked;
