package dev.maar.transport.mesh;

/** A runtime can not take part in the mesh as it is set up. The message says what to change. */
public final class MeshException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MeshException(final String message) {
        super(message);
    }

    MeshException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
