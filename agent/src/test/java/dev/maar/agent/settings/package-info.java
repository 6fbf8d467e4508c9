@NullMarked
package dev.maar.agent.settings;

import org.jspecify.annotations.NullMarked;
