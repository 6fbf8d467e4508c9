package dev.maar.coordinator.inner;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Optional;

/** Something that happened in the inner loop; with {@code --json-lines} each is a line of JSON, named by its {@code event}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
    @JsonSubTypes.Type(value = LoopEvent.Ready.class, name = "ready"),
    @JsonSubTypes.Type(value = LoopEvent.Edited.class, name = "edited"),
    @JsonSubTypes.Type(value = LoopEvent.Planned.class, name = "planned"),
    @JsonSubTypes.Type(value = LoopEvent.Built.class, name = "built"),
    @JsonSubTypes.Type(value = LoopEvent.Pair.class, name = "pair"),
    @JsonSubTypes.Type(value = LoopEvent.First.class, name = "first"),
    @JsonSubTypes.Type(value = LoopEvent.Tested.class, name = "tested"),
    @JsonSubTypes.Type(value = LoopEvent.Cell.class, name = "cell"),
    @JsonSubTypes.Type(value = LoopEvent.Profiled.class, name = "profiled"),
    @JsonSubTypes.Type(value = LoopEvent.Note.class, name = "note"),
    @JsonSubTypes.Type(value = LoopEvent.Ended.class, name = "ended")
})
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public sealed interface LoopEvent {

    /**
     * A watch waits for an edit.
     *
     * @param folders what is watched
     */
    record Ready(List<String> folders) implements LoopEvent {}

    /**
     * Files were saved.
     *
     * @param edit which edit of this session, from 1
     * @param files some of them, as the watch saw them
     */
    record Edited(int edit, List<String> files) implements LoopEvent {}

    /**
     * The sides are fixed.
     *
     * @param run the run's id
     * @param a side a, as a user would write it
     * @param b side b
     * @param cells what will be measured
     */
    record Planned(String run, String a, String b, List<String> cells) implements LoopEvent {}

    /**
     * Side b is built, or is not.
     *
     * @param passed whether the adopter can run on both sides
     * @param words how; the first errors when it did not
     */
    record Built(boolean passed, String words) implements LoopEvent {}

    /**
     * A live pair was measured.
     *
     * @param cell what was measured
     * @param phase screen or confirm
     * @param index its number within the phase, from 0
     * @param change b/a - 1 of the time of an operation, as a share; nothing when it failed
     */
    record Pair(String cell, String phase, int index, Optional<Double> change) implements LoopEvent {}

    /**
     * The first line about a cell, before any look that may decide. Not a verdict.
     *
     * @param cell what was measured
     * @param glance what it looks like
     * @param split where the time since the edit went
     */
    record First(String cell, Glance glance, TimeSplit split) implements LoopEvent {}

    /**
     * The adopter's tests were run on side b, those that failed on side a too.
     *
     * @param passed how many passed
     * @param newlyFailing the tests that fail on side b alone, each time they were run
     * @param stillFailing those that fail on both
     * @param words what else is to say, such as which were left out; empty for nothing
     */
    record Tested(int passed, List<String> newlyFailing, List<String> stillFailing, String words)
            implements LoopEvent {}

    /**
     * A cell has had its pairs for now.
     *
     * @param cell what was measured
     * @param verdict as in the report
     * @param words the line that people read
     * @param ratio b/a of the time of an operation, where there are numbers
     * @param low the lower end of its interval
     * @param high the upper end
     * @param pairs how many pairs it rests on
     */
    record Cell(
            String cell,
            String verdict,
            String words,
            Optional<Double> ratio,
            Optional<Double> low,
            Optional<Double> high,
            int pairs)
            implements LoopEvent {}

    /**
     * Why a cell changed, as far as profiles show.
     *
     * @param cell what was profiled
     * @param lines what moved
     * @param file the flame graph of the difference; nothing when none was asked for
     */
    record Profiled(String cell, List<String> lines, Optional<String> file) implements LoopEvent {}

    /**
     * Anything else worth a line.
     *
     * @param words the line
     */
    record Note(String words) implements LoopEvent {}

    /**
     * An edit has been dealt with, or was given up for a later one.
     *
     * @param verdict the whole run's; nothing when it was given up
     * @param exitCode what the command would exit with now
     * @param report the run's folder
     * @param words what happens next, or why it was given up
     */
    record Ended(Optional<String> verdict, int exitCode, String report, String words) implements LoopEvent {}
}
