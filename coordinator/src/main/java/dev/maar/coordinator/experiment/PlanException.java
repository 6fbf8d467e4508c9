package dev.maar.coordinator.experiment;

/** A request that can not be planned. The message is for users: what is wrong and what to do. */
public final class PlanException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * With a message for users.
     *
     * @param message what is wrong and what to do
     */
    public PlanException(final String message) {
        super(message);
    }
}
