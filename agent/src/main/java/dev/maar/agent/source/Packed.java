package dev.maar.agent.source;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Files that are to come from somewhere else, as a job names them in place of a folder: whole git trees in one pack, which is known by
 * its hash, so that nobody can pass off another.
 *
 * @param sha256 the pack's hash, 64 lower-case hexadecimal digits
 * @param bytes its length
 * @param tree the tree that is the folder; empty when the job names trees by itself
 */
public record Packed(String sha256, long bytes, String tree) {

    private static final Pattern TEXT =
            Pattern.compile("pack:([0-9a-f]{64}):([0-9]{1,15}):([0-9a-f]{40}|[0-9a-f]{64}|)");

    /**
     * Reads what {@link #text()} writes.
     *
     * @param text the text
     * @return what it names; nothing when it is an ordinary path
     */
    public static Optional<Packed> of(final String text) {
        final Matcher matcher = TEXT.matcher(text);
        return matcher.matches()
                ? Optional.of(new Packed(matcher.group(1), Long.parseLong(matcher.group(2)), matcher.group(3)))
                : Optional.empty();
    }

    /**
     * As it stands in a job.
     *
     * @return the text
     */
    public String text() {
        return "pack:" + sha256 + ":" + bytes + ":" + tree;
    }
}
