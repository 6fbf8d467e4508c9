/** The contract between coordinator and agent: what a job asks for and what its result says, as plain records. */
@NullMarked
package dev.maar.agent.job;

import org.jspecify.annotations.NullMarked;
