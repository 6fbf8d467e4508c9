package dev.maar.agent.build;

import java.util.regex.Pattern;

/** Takes out of a message what differs from run to run or machine to machine, so that equal causes read equal. Pure functions. */
final class Varying {

    private static final Pattern ADDRESS = Pattern.compile("\\b[a-z][a-z0-9+.-]*://[^\\s)>\"']+");
    private static final Pattern OBJECT_ID = Pattern.compile("@[0-9a-f]{5,16}\\b");
    private static final Pattern UUID = Pattern.compile("\\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\\b");
    private static final Pattern POINTER = Pattern.compile("\\b0x[0-9a-fA-F]{6,16}\\b");
    private static final Pattern PATH =
            Pattern.compile("(?<![\\w.])/(?:[^/\\s:,;'\"()\\[\\]<>]+/)+([^/\\s:,;'\"()\\[\\]<>]*)");
    private static final Pattern PORT = Pattern.compile("((?:\\d{1,3}\\.){3}\\d{1,3}|localhost):\\d{2,5}\\b");
    private static final Pattern LONG_NUMBER = Pattern.compile("\\b\\d{10,}\\b");
    private static final Pattern DURATION = Pattern.compile("\\b\\d+(?:\\.\\d+)? ?(?:ns|us|ms|seconds?)\\b");

    private Varying() {}

    /** The message without addresses, folders, object ids, ports, time stamps and durations; file names are kept. */
    static String removed(final String message) {
        String text = ADDRESS.matcher(message).replaceAll("(address)");
        text = UUID.matcher(text).replaceAll("(id)");
        text = OBJECT_ID.matcher(text).replaceAll("@(id)");
        text = POINTER.matcher(text).replaceAll("(pointer)");
        text = PATH.matcher(text).replaceAll("$1");
        text = PORT.matcher(text).replaceAll("$1:(port)");
        text = DURATION.matcher(text).replaceAll("(time)");
        return LONG_NUMBER.matcher(text).replaceAll("(number)");
    }

    /** The same of the first line only, cut to a length that a report can show. */
    static String removedFromFirstLine(final String message, final int length) {
        final String first =
                removed(message.strip().lines().findFirst().orElse("")).strip();
        return first.length() > length ? first.substring(0, length) + "..." : first;
    }
}
