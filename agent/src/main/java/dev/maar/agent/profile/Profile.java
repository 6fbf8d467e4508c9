package dev.maar.agent.profile;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedClass;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;

/**
 * What a fork did while it was watched. Immutable.
 *
 * @param stacks how many samples were taken in each stack, outermost method first
 * @param allocations an estimate of the bytes allocated of each class
 * @param locks nanoseconds that threads waited to enter a monitor, by its class
 */
public record Profile(Map<List<String>, Long> stacks, Map<String, Long> allocations, Map<String, Long> locks) {

    private static final int DEEPEST = 64;

    /** Copies the maps. */
    public Profile {
        stacks = Collections.unmodifiableMap(new LinkedHashMap<>(stacks));
        allocations = Collections.unmodifiableMap(new TreeMap<>(allocations));
        locks = Collections.unmodifiableMap(new TreeMap<>(locks));
    }

    /**
     * Reads a recording.
     *
     * @param file the recording
     * @param from what was recorded earlier is left out
     * @return what it shows
     * @throws IOException when it can not be read
     */
    public static Profile read(final Path file, final Instant from) throws IOException {
        final Map<List<String>, Long> stacks = new LinkedHashMap<>();
        final Map<String, Long> allocations = new TreeMap<>();
        final Map<String, Long> locks = new TreeMap<>();
        try (RecordingFile recording = new RecordingFile(file)) {
            while (recording.hasMoreEvents()) {
                final RecordedEvent event = recording.readEvent();
                if (event.getStartTime().isBefore(from)) {
                    continue;
                }
                switch (event.getEventType().getName()) {
                    case "jdk.ExecutionSample" -> stack(event).ifPresent(stack -> stacks.merge(stack, 1L, Long::sum));
                    case "jdk.ObjectAllocationSample" ->
                        allocations.merge(name(event.getClass("objectClass")), event.getLong("weight"), Long::sum);
                    case "jdk.JavaMonitorEnter" ->
                        locks.merge(
                                name(event.getClass("monitorClass")),
                                event.getDuration().toNanos(),
                                Long::sum);
                    default -> {
                        // The recorder notes some things of its own accord.
                    }
                }
            }
        }
        return new Profile(stacks, allocations, locks);
    }

    private static Optional<List<String>> stack(final RecordedEvent event) {
        final RecordedStackTrace trace = event.getStackTrace();
        if (trace == null) {
            return Optional.empty();
        }
        final List<String> frames = new ArrayList<>();
        for (final RecordedFrame frame : trace.getFrames()) {
            if (frames.size() < DEEPEST) {
                frames.add(name(frame.getMethod()));
            }
        }
        Collections.reverse(frames);
        return frames.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(frames));
    }

    private static String name(final RecordedMethod method) {
        return name(method.getType()) + "." + method.getName();
    }

    /** A class's name without what is drawn anew in each process. */
    private static String name(final RecordedClass type) {
        return type == null
                ? "?"
                : type.getName().replaceFirst("\\$\\$Lambda.*$", "\\$\\$Lambda").replaceFirst("[/+]0x[0-9a-f]+$", "");
    }

    /**
     * The samples of each method by itself, callees left out.
     *
     * @return counts by method
     */
    public Map<String, Long> methods() {
        final Map<String, Long> methods = new TreeMap<>();
        stacks.forEach((stack, count) -> methods.merge(stack.get(stack.size() - 1), count, Long::sum));
        return methods;
    }

    /**
     * All samples.
     *
     * @return the count
     */
    public long samples() {
        return stacks.values().stream().mapToLong(Long::longValue).sum();
    }
}
