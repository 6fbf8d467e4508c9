package dev.maar.jig.harness;

import dev.maar.jig.Case;
import dev.maar.jig.Check;
import dev.maar.jig.Jig;
import dev.maar.jig.Latencies;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Answers the requests of the process jig protocol for one jig, one at a time, on the thread that calls {@link #serve}.
 *
 * <p>Beyond the protocol, {@code setUp} understands {@code "slowdown":0.05}, which stretches every run by that share with a spin
 * inside the timed part: the farm's positive control. {@code run} answers {@code allocatedBytes} and {@code cpuNs} too, and where the jig
 * records latencies {@code "latencyNs":{"850":12,"854":3}}: how many operations took how many nanoseconds. {@code check} answers
 * {@code attest} again.
 */
final class Harness {

    /** The exit code after an orderly close. */
    static final int CLOSED = 0;
    /** The exit code after an error line; also what {@code -XX:+ExitOnOutOfMemoryError} uses. */
    static final int FAILED = 3;

    // Made beforehand: when memory has run out there is none to make it.
    private static final byte[] OUT_OF_MEMORY = "{\"error\":\"the jig ran out of memory\",\"kind\":\"out-of-memory\"}\n"
            .getBytes(StandardCharsets.US_ASCII);

    private final JigSource source;
    private final String subjectEntry;
    private final OutputStream replies;
    private final PrintStream log;
    private final Meters meters = Meters.ofThisJvm();
    private Optional<Jig> jig = Optional.empty();
    private Optional<LoadedSubject> subject = Optional.empty();
    private double slowdown;

    /** Makes the jig, once. */
    interface JigSource {
        Jig make() throws Exception;
    }

    /**
     * A harness.
     *
     * @param source makes the jig
     * @param subjectEntry an entry of the subject's jar to attest; empty for none
     * @param replies where replies go
     * @param log where stack traces go
     */
    Harness(final JigSource source, final String subjectEntry, final OutputStream replies, final PrintStream log) {
        this.source = source;
        this.subjectEntry = subjectEntry;
        this.replies = replies;
        this.log = log;
    }

    /**
     * Answers requests until close, an error, or the end of the requests.
     *
     * @param requests the requests
     * @return the exit code for the process
     * @throws IOException when a reply can not be written, that is, the parent is gone
     */
    int serve(final RequestLines requests) throws IOException {
        try {
            while (true) {
                final Optional<String> line = requests.take();
                if (line.isEmpty()) {
                    closeJig();
                    return CLOSED;
                }
                final Map<String, Object> reply = answer(line.get());
                reply(reply);
                if (reply.containsKey("closed")) {
                    return CLOSED;
                }
            }
        } catch (final IOException e) {
            throw e;
        } catch (final JigFailedException e) {
            return failed(e.getCause() == null ? e : e.getCause());
        } catch (final JsonException | InterruptedException | RuntimeException | Error e) {
            return failed(e);
        }
    }

    private Map<String, Object> answer(final String line) throws JsonException, JigFailedException {
        final Map<String, Object> request = JsonReader.object(line);
        final String op = text(request, "op");
        try {
            switch (op) {
                case "setUp":
                    return setUp(request);
                case "run":
                    return run(whole(request, "operations"));
                case "check":
                    return check();
                case "close":
                    closeJig();
                    return Map.of("closed", true);
                default:
                    throw new JsonException("no such op: " + op);
            }
        } catch (final JsonException e) {
            throw e;
        } catch (final Exception e) {
            throw new JigFailedException(e);
        }
    }

    private Map<String, Object> setUp(final Map<String, Object> request) throws Exception {
        if (jig.isPresent()) {
            throw new JsonException("setUp twice");
        }
        final Map<String, String> setting = new TreeMap<>();
        if (!(request.get("case") instanceof Map<?, ?> given)) {
            throw new JsonException("setUp wants a case");
        }
        given.forEach((name, value) -> setting.put(String.valueOf(name), String.valueOf(value)));
        final long seed = whole(request, "seed");
        slowdown = request.get("slowdown") instanceof Number share ? share.doubleValue() : 0;
        final Jig made = source.make();
        jig = Optional.of(made);
        if (!subjectEntry.isEmpty()) {
            final ClassLoader loader = made.getClass().getClassLoader();
            subject = Optional.of(
                    LoadedSubject.find(loader == null ? ClassLoader.getSystemClassLoader() : loader, subjectEntry));
        }
        made.setUp(new Case(setting, seed));
        final Map<String, Object> reply = new LinkedHashMap<>();
        reply.put("ready", true);
        reply.put("attest", attest(made));
        return reply;
    }

    private Map<String, Object> run(final long operations) throws Exception {
        final Jig running = running();
        if (operations < 1) {
            throw new JsonException("operations must be at least 1");
        }
        meters.start();
        final long start = System.nanoTime();
        running.run(operations);
        final long nanos = slowed(start, System.nanoTime() - start);
        final Map<String, Object> reply = new LinkedHashMap<>();
        reply.put("allocatedBytes", meters.allocatedBytes());
        reply.put("cpuNs", meters.cpuNanos());
        reply.put("ns", Math.max(1, nanos));
        reply.put("operations", operations);
        // Last, when all that is measured has been read: asking allocates.
        final Latencies latencies = running.latencies();
        if (latencies.count() > 0) {
            reply.put("latencyNs", latencies.byNanoseconds());
        }
        return reply;
    }

    private long slowed(final long start, final long nanos) {
        if (slowdown <= 0) {
            return nanos;
        }
        final long until = (long) (nanos * (1 + slowdown));
        long now = nanos;
        while (now < until) {
            Thread.onSpinWait();
            now = System.nanoTime() - start;
        }
        return now;
    }

    private Map<String, Object> check() throws Exception {
        final Jig running = running();
        final Check check = running.check();
        final Map<String, Object> reply = new LinkedHashMap<>();
        reply.put("checksum", check.checksum());
        reply.put("delivered", check.delivered());
        reply.put("attest", attest(running));
        return reply;
    }

    private Map<String, String> attest(final Jig running) {
        final Map<String, String> facts = new TreeMap<>(running.attest());
        subject.ifPresent(loaded -> {
            facts.put("subject", loaded.sha256());
            facts.put("path", loaded.path());
        });
        return facts;
    }

    private Jig running() throws JsonException {
        if (jig.isEmpty()) {
            throw new JsonException("setUp comes first");
        }
        return jig.get();
    }

    private void closeJig() throws JigFailedException {
        final Optional<Jig> closing = jig;
        jig = Optional.empty();
        if (closing.isPresent()) {
            try {
                closing.get().close();
            } catch (final Exception e) {
                throw new JigFailedException(e);
            }
        }
    }

    private int failed(final Throwable failure) throws IOException {
        if (ranOutOfMemory(failure)) {
            replies.write(OUT_OF_MEMORY);
            replies.flush();
            return FAILED;
        }
        failure.printStackTrace(log);
        log.flush();
        final Map<String, Object> reply = new LinkedHashMap<>();
        reply.put("error", words(failure));
        reply.put("kind", "exception");
        reply(reply);
        return FAILED;
    }

    /** Also when it happened on another thread and reaches us as a cause. */
    private static boolean ranOutOfMemory(final Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 8; depth++, cause = cause.getCause()) {
            if (cause instanceof OutOfMemoryError) {
                return true;
            }
        }
        return false;
    }

    /** The failure and its causes in one line, with the place where the first was thrown. */
    private static String words(final Throwable failure) {
        final StringBuilder words = new StringBuilder(failure.toString());
        final StackTraceElement[] stack = failure.getStackTrace();
        if (stack.length > 0) {
            words.append(" at ").append(stack[0]);
        }
        int causes = 0;
        for (Throwable cause = failure.getCause(); cause != null && causes < 5; cause = cause.getCause()) {
            words.append("; caused by ").append(cause);
            causes++;
        }
        return words.toString();
    }

    private void reply(final Map<String, ?> reply) throws IOException {
        // One write, so that no other writer of the descriptor gets in between.
        replies.write((JsonWriter.line(reply) + "\n").getBytes(StandardCharsets.US_ASCII));
        replies.flush();
    }

    private static String text(final Map<String, Object> request, final String name) throws JsonException {
        if (request.get(name) instanceof String text) {
            return text;
        }
        throw new JsonException("the request has no text '" + name + "'");
    }

    private static long whole(final Map<String, Object> request, final String name) throws JsonException {
        if (request.get(name) instanceof Long number) {
            return number;
        }
        throw new JsonException("the request has no whole number '" + name + "'");
    }
}
