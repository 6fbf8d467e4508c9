package dev.maar.adopters.documents;

/**
 * A row of a document.
 *
 * @param id which row, counting from 0
 * @param revision how often it was changed; 0 when it never was
 * @param text what it says
 */
public record Row(int id, int revision, String text) {}
