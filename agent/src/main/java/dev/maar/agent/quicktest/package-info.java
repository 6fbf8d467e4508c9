/**
 * An adopter's JUnit tests, class by class, in a process that waits between two of them: for somebody who wants to know in the pauses of a
 * measurement whether an edit breaks them. The stage that tests is {@code build}'s; this asks sooner and less.
 */
@NullMarked
package dev.maar.agent.quicktest;

import org.jspecify.annotations.NullMarked;
