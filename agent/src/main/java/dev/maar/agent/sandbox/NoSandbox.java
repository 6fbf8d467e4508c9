package dev.maar.agent.sandbox;

import java.nio.file.Path;

/** No sandbox: programs are limited in what they use, but see and change what our user may. Immutable. */
public record NoSandbox() implements Sandbox {

    @Override
    public String label() {
        return "none";
    }

    @Override
    public boolean confines() {
        return false;
    }

    @Override
    public Launch confine(final Launch launch, final Place place) {
        return launch.held(launch.command(), new Confinement(false, 0, place.limits(), place.writable()));
    }

    @Override
    public Sandbox seeing(final Path folder) {
        return this;
    }
}
