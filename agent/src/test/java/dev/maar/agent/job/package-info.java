/** Tests of the contract between coordinator and agent. */
@NullMarked
package dev.maar.agent.job;

import org.jspecify.annotations.NullMarked;
