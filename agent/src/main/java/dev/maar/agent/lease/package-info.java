/**
 * An agent's place in a farm: it asks for work, holds a lease while it does it, and hands results in until they are acknowledged. The
 * only package of the agent's that knows Hazelcast; what coordinators need to speak with it is public.
 */
@NullMarked
package dev.maar.agent.lease;

import org.jspecify.annotations.NullMarked;
