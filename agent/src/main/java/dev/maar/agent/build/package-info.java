/** Builds subjects and adopters, runs adopters' tests, and keeps what came out under the hash of what went in. */
@NullMarked
package dev.maar.agent.build;

import org.jspecify.annotations.NullMarked;
