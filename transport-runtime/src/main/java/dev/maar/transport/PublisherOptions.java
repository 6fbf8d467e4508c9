package dev.maar.transport;

import java.util.Optional;

/**
 * What one publisher asks for. Take {@link #defaults()} and change what matters.
 *
 * @param allowLocal whether subscribers in the same runtime may be handed the object itself; unset means true. With
 *     false such messages really travel through shared memory
 */
public record PublisherOptions(Optional<Boolean> allowLocal) {

    private static final PublisherOptions DEFAULTS = new PublisherOptions(Optional.empty());

    /**
     * Nothing asked for.
     *
     * @return the defaults
     */
    public static PublisherOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Allows or forbids handing over the object inside the runtime.
     *
     * @param allowed true to allow
     * @return changed options
     */
    public PublisherOptions allowLocal(final boolean allowed) {
        return new PublisherOptions(Optional.of(allowed));
    }
}
