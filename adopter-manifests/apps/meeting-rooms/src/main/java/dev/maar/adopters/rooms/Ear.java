package dev.maar.adopters.rooms;

/** What a person does with what others say. */
@FunctionalInterface
public interface Ear {

    /**
     * Called for each utterance that is heard, one's own left out.
     *
     * @param listener who hears it
     * @param room the room in which it was said
     * @param utterance what was said
     */
    void hear(int listener, int room, Utterance utterance);
}
