package dev.maar.adopters.documents;

/** What a team may do with a row; each includes what comes before it. */
public enum Access {
    /** Nothing: not even whether the row is there is told. */
    NONE,
    /** Read it. */
    READ,
    /** Read and change it. */
    WRITE
}
