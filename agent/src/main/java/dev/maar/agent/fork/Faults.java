package dev.maar.agent.fork;

import dev.maar.agent.fork.ReplyLines.Line;
import dev.maar.agent.job.ForkFailure;
import dev.maar.agent.sandbox.Overstep;
import dev.maar.agent.sandbox.ProcessGroup;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** Puts into words what a fork did wrong. For the fork's thread. */
final class Faults {

    private final ForkSpec spec;
    private final ProcessGroup group;

    Faults(final ForkSpec spec, final ProcessGroup group) {
        this.spec = spec;
        this.group = group;
    }

    /** It answered with an error of its own. */
    ForkFailedException reported(final String kind, final String error) {
        return failure(kindOf(kind, error), Words.clean(error, 1000));
    }

    /** It has ended, or was killed for a limit that it overstepped. Ends what is left of it. */
    ForkFailedException ended(final String op) throws InterruptedException {
        final OptionalInt code = group.await(Fork.END_LIMIT);
        // Closing also waits for the log to be written to its end.
        group.close();
        final Optional<Overstep> overstep = group.overstepped();
        if (overstep.isPresent()) {
            final boolean memory = overstep.get().limit() == Overstep.Limit.MEMORY;
            return failure(
                    memory ? ForkFailure.Kind.OUT_OF_MEMORY : ForkFailure.Kind.EXIT,
                    "stopped during " + op + ": " + overstep.get().words());
        }
        final ForkFailure failure = Exit.failure(code, op, Words.tail(spec.log()));
        return failure(failure.kind(), failure.reason());
    }

    /** It did not answer in time. */
    ForkFailedException hang(final Duration silence, final String op) {
        return failure(
                ForkFailure.Kind.HANG,
                "no answer to " + op + " within " + Exit.seconds(silence) + "; see "
                        + spec.log().getFileName());
    }

    /** It said something that is not of the protocol. */
    ForkFailedException protocol(final Line line, final String why) {
        return failure(
                ForkFailure.Kind.PROTOCOL,
                "standard output is for the protocol alone, but had the line " + Words.quoted(line.text()) + ": "
                        + why);
    }

    /** Whatever else. */
    ForkFailedException failure(final ForkFailure.Kind kind, final String reason) {
        final long own = group.confinement().scratchBytes();
        final String hint = own > 0 && Exit.isNoSpace(reason)
                ? "; in its sandbox a fork may write to its temporary folders only, at most " + (own >> 20) + " MiB"
                : "";
        return new ForkFailedException(spec.name(), kind, reason + hint);
    }

    private static ForkFailure.Kind kindOf(final String kind, final String error) {
        if (Exit.isNoSpace(error)) {
            return ForkFailure.Kind.INFRA;
        }
        return kind.equals(ForkFailure.Kind.OUT_OF_MEMORY.label())
                ? ForkFailure.Kind.OUT_OF_MEMORY
                : ForkFailure.Kind.EXCEPTION;
    }
}
