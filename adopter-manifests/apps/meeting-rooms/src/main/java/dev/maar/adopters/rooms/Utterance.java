package dev.maar.adopters.rooms;

/**
 * Something that is said.
 *
 * @param person who says it
 * @param number how much that person has said before, in whatever room
 * @param sound what is said
 */
public record Utterance(int person, long number, long sound) {}
