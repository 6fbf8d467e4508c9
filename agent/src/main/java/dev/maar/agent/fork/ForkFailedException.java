package dev.maar.agent.fork;

import dev.maar.agent.job.ForkFailure;
import dev.maar.agent.job.SideName;

/** A fork failed; says which and how. */
public final class ForkFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final SideName side;
    private final transient ForkFailure failure;

    /**
     * A failure.
     *
     * @param side whose fork
     * @param kind what happened
     * @param reason in words a user can act on
     */
    public ForkFailedException(final SideName side, final ForkFailure.Kind kind, final String reason) {
        super("side " + side.label() + ": " + kind.label() + ": " + reason);
        this.side = side;
        this.failure = new ForkFailure(kind, reason);
    }

    /**
     * Whose fork failed.
     *
     * @return the side
     */
    public SideName side() {
        return side;
    }

    /**
     * How it failed.
     *
     * @return the failure
     */
    public ForkFailure failure() {
        return failure;
    }
}
