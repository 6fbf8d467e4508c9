package dev.maar.transport;

import java.util.Optional;

/**
 * What one publisher asks for. Take {@link #defaults()} and change what matters. What is set here beats the environment
 * ({@code MAAR_ALLOW_LOCAL}, {@code MAAR_FORCE_TCP}, {@code MAAR_FORCE_UDP}: {@code true} or {@code false}), which beats
 * the default.
 *
 * @param allowLocal whether subscribers in the same runtime may be handed the object itself; by default true. With false
 *     such messages really travel, through shared memory
 * @param forceTcp whether every message travels by TCP, also inside the runtime and whatever {@code allowLocal} says; by
 *     default false
 * @param forceUdp whether every message travels by UDP, also inside the runtime and whatever {@code allowLocal} says; by
 *     default false. Forcing both is an error
 */
public record PublisherOptions(Optional<Boolean> allowLocal, Optional<Boolean> forceTcp, Optional<Boolean> forceUdp) {

    private static final PublisherOptions DEFAULTS =
            new PublisherOptions(Optional.empty(), Optional.empty(), Optional.empty());

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
        return new PublisherOptions(Optional.of(allowed), forceTcp, forceUdp);
    }

    /**
     * Forces TCP, or says that it is not forced whatever the environment says.
     *
     * @param forced true to force
     * @return changed options
     */
    public PublisherOptions forceTcp(final boolean forced) {
        return new PublisherOptions(allowLocal, Optional.of(forced), forceUdp);
    }

    /**
     * Forces UDP, or says that it is not forced whatever the environment says.
     *
     * @param forced true to force
     * @return changed options
     */
    public PublisherOptions forceUdp(final boolean forced) {
        return new PublisherOptions(allowLocal, forceTcp, Optional.of(forced));
    }
}
