package dev.maar.coordinator.store;

/** What became of a result that was handed in. */
public enum Recording {
    /** It counts, and is on disk. */
    RECORDED,
    /** This very result counts already. */
    DUPLICATE,
    /** The job was handed to somebody else meanwhile, or is not known: this result does not count. */
    STALE
}
