package dev.maar.agent.fork;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.maar.agent.fork.ReplyLines.Line;
import dev.maar.agent.job.Attestation;
import dev.maar.agent.job.ForkFailure;
import dev.maar.agent.job.SideName;
import dev.maar.agent.sandbox.Launch;
import dev.maar.agent.sandbox.NoSandbox;
import dev.maar.agent.sandbox.ProcessGroup;
import dev.maar.agent.sandbox.Reaper;
import dev.maar.agent.sandbox.Sandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A started fork, talked to in the process jig protocol, one request at a time. Whatever it does wrong becomes a
 * {@link ForkFailedException} that says so in words; after one the fork is only good for closing. For one thread.
 */
public final class Fork implements AutoCloseable {

    /** How long a fork may take to end after it has closed its output, or to answer a close. */
    static final Duration END_LIMIT = Duration.ofSeconds(10);

    private final ForkSpec spec;
    private final ProcessGroup group;
    private final ReplyLines replies;
    private final Proof proof;
    private final Faults faults;
    private final long startedNanos;

    private Fork(final ForkSpec spec, final ProcessGroup group, final long startedNanos) {
        this.spec = spec;
        this.startedNanos = startedNanos;
        this.group = group;
        this.replies = ReplyLines.of(group.output(), "fork " + spec.name().label());
        this.proof = new Proof(spec);
        this.faults = new Faults(spec, group);
    }

    /**
     * Starts forks in one scratch space.
     *
     * @param reaper kills them if we die
     * @param sandbox what keeps them to their place
     * @param harness the jig API and harness, for JVM forks
     */
    public record Starter(Reaper reaper, Sandbox sandbox, Path harness) {

        /**
         * A starter without a sandbox.
         *
         * @param reaper kills the forks if we die
         * @param scratchRoot where the harness is copied to if it has to be; must exist
         * @return the starter
         * @throws IOException when the harness can not be found or copied
         */
        public static Starter of(final Reaper reaper, final Path scratchRoot) throws IOException {
            return of(reaper, new NoSandbox(), scratchRoot);
        }

        /**
         * A starter.
         *
         * @param reaper kills the forks if we die
         * @param sandbox what keeps them to their place; with one that confines nothing they have no limits either
         * @param scratchRoot where the harness is copied to if it has to be; must exist
         * @return the starter
         * @throws IOException when the harness can not be found or copied
         */
        public static Starter of(final Reaper reaper, final Sandbox sandbox, final Path scratchRoot)
                throws IOException {
            return new Starter(reaper, sandbox, HarnessClasses.locate(scratchRoot));
        }

        /**
         * Starts a fork. Does not wait for it.
         *
         * @param spec what to start
         * @param scratch the folders of its pair
         * @return the fork
         * @throws ForkFailedException when there is nothing to start
         * @throws IOException when this machine can not start programs
         */
        public Fork start(final ForkSpec spec, final ScratchSpace.PairScratch scratch)
                throws ForkFailedException, IOException {
            final Path java = ForkCommand.java(spec);
            if (spec.program() instanceof dev.maar.agent.job.JigRecipe.JvmJig && !Files.isExecutable(java)) {
                throw new ForkFailedException(
                        spec.name(),
                        ForkFailure.Kind.EXIT,
                        "there is no JDK for this side: " + java + " can not be run");
            }
            final ForkScratch folders = scratch.side(spec.name());
            final Launch launch = ForkCommand.launch(spec, folders, harness);
            // Outside a sandbox a watch of limits would have to read all of /proc while a pair is being timed.
            final Launch confined =
                    sandbox.confines() ? sandbox.confine(launch, ForkCommand.place(spec, folders, harness)) : launch;
            final long startedNanos = System.nanoTime();
            return new Fork(spec, ProcessGroup.start(confined, reaper), startedNanos);
        }
    }

    /**
     * Has the jig set up its case, and checks that it loaded its side's artifact.
     *
     * @param silence how long that may take
     * @throws ForkFailedException when the jig refuses, fails, or loaded something else
     * @throws InterruptedException when interrupted meanwhile
     */
    public void setUp(final Duration silence) throws ForkFailedException, InterruptedException {
        beginSetUp();
        awaitSetUp(silence);
    }

    /**
     * Has the jig set up its case. Does not wait for it; {@link #awaitSetUp} does.
     *
     * @throws ForkFailedException when it has ended already
     * @throws InterruptedException when interrupted meanwhile
     */
    public void beginSetUp() throws ForkFailedException, InterruptedException {
        final ObjectNode request = request("setUp");
        final ObjectNode setting = request.putObject("case");
        spec.setting().forEach(setting::put);
        request.put("seed", spec.seed());
        if (spec.slowdown() > 0) {
            request.put("slowdown", spec.slowdown());
        }
        send(request);
    }

    /**
     * Waits for a fork that was asked to {@link #beginSetUp}, and checks that it loaded its side's artifact.
     *
     * @param silence how long that may take
     * @throws ForkFailedException when the jig refuses, fails, or loaded something else
     * @throws InterruptedException when interrupted meanwhile
     */
    public void awaitSetUp(final Duration silence) throws ForkFailedException, InterruptedException {
        answer("setUp", Patience.of(silence), reply -> {
            reply.requireTrue("ready");
            proof.add(reply.attest());
            return true;
        });
        proof.requireSubject();
    }

    /**
     * Has the jig run operations.
     *
     * @param operations how many, at least 1
     * @param patience how long that may take
     * @return how long it took
     * @throws ForkFailedException when the fork fails
     * @throws InterruptedException when interrupted meanwhile
     */
    public RunReply run(final long operations, final Patience patience)
            throws ForkFailedException, InterruptedException {
        final ObjectNode request = request("run").put("operations", operations);
        return ask(request, patience, reply -> {
            final long done = reply.whole("operations", 0);
            if (done != operations) {
                throw new Reply.NotAReplyException("it ran " + done + " operations, not " + operations);
            }
            return new RunReply(
                    done,
                    reply.whole("ns", 1),
                    reply.wholeIfThere("allocatedBytes"),
                    reply.wholeIfThere("cpuNs"),
                    reply.counts("latencyNs"));
        });
    }

    /**
     * Asks what the operations so far produced, and checks the transport that carried them.
     *
     * @param patience how long the answer may take
     * @return what the fork proves
     * @throws ForkFailedException when the fork fails or does not prove what it must
     * @throws InterruptedException when interrupted meanwhile
     */
    public Attestation check(final Patience patience) throws ForkFailedException, InterruptedException {
        final Attestation attestation = ask(request("check"), patience, reply -> {
            proof.add(reply.attest());
            return proof.attestation(reply.whole("delivered", 0), reply.text("checksum"));
        });
        proof.requireSubject();
        proof.requireTransport();
        return attestation;
    }

    /**
     * Asks the fork to end. Does not wait for it; {@link #awaitEnd} does.
     *
     * @throws ForkFailedException when it has ended already
     * @throws InterruptedException when interrupted meanwhile
     */
    public void end() throws ForkFailedException, InterruptedException {
        send(request("close"));
    }

    /**
     * Waits for a fork that was asked to {@link #end}. It may say one more line, and must then end with exit code 0.
     *
     * @param silence how long that may take; 10 s at most
     * @throws ForkFailedException when it fails at its end, or does not end
     * @throws InterruptedException when interrupted meanwhile
     */
    public void awaitEnd(final Duration silence) throws ForkFailedException, InterruptedException {
        final Duration limit = silence.compareTo(END_LIMIT) < 0 ? silence : END_LIMIT;
        Line line = replies.poll(limit).orElseThrow(() -> faults.hang(limit, "close"));
        if (line.kind() != Line.Kind.END) {
            parse(line, reply -> true);
            endInput();
            line = replies.poll(limit).orElseThrow(() -> faults.hang(limit, "close"));
        }
        if (line.kind() != Line.Kind.END) {
            throw faults.protocol(line, "it came after the answer to close");
        }
        final OptionalInt code = group.await(limit);
        if (code.isEmpty()) {
            throw faults.hang(limit, "close");
        }
        if (code.getAsInt() != 0) {
            throw faults.ended("close");
        }
    }

    /** A JVM that ends waits 0.3 s for a thread that is still reading; the end of its input lets that thread go. */
    private void endInput() {
        try {
            group.input().close();
        } catch (final IOException e) {
            // It has ended already, and its exit code is about to tell how.
        }
    }

    /**
     * Stops every process of the fork, and returns when they stand still.
     *
     * @param limit how long that may take
     * @throws ForkFailedException when the fork has ended, or this machine can not stop it in time
     * @throws InterruptedException when interrupted meanwhile
     */
    public void freeze(final Duration limit) throws ForkFailedException, InterruptedException {
        group.freeze();
        if (!group.awaitFrozen(limit)) {
            if (!group.isAlive()) {
                throw faults.ended("freezing");
            }
            throw faults.failure(ForkFailure.Kind.INFRA, "it could not be frozen within " + Exit.seconds(limit));
        }
    }

    /** Lets every process of the fork go on. */
    public void thaw() {
        group.thaw();
    }

    /**
     * The CPU time that the fork has used so far, its child processes as of the last {@link #lookForProcesses} included.
     *
     * @return nanoseconds
     */
    public long cpuNanos() {
        return group.cpuNanos();
    }

    /**
     * The most memory that the fork's processes had resident, those that have ended left out.
     *
     * @return bytes; -1 when not known
     */
    public long peakMemoryBytes() {
        return group.peakMemoryBytes();
    }

    /**
     * How long ago it was started.
     *
     * @return nanoseconds
     */
    public long ageNanos() {
        return System.nanoTime() - startedNanos;
    }

    /** Finds the fork's child processes, for {@link #cpuNanos}. Takes milliseconds. */
    public void lookForProcesses() {
        group.lookForProcesses();
    }

    /**
     * Where the fork says that it loaded the subject from, with all links followed.
     *
     * @return the file or folder, if the fork said
     */
    public Optional<Path> subjectPath() {
        return proof.path();
    }

    /**
     * What was started.
     *
     * @return the spec
     */
    public ForkSpec spec() {
        return spec;
    }

    /**
     * The side.
     *
     * @return a or b
     */
    public SideName side() {
        return spec.name();
    }

    /** Kills every process of the fork, frozen or not. Idempotent. */
    @Override
    public void close() {
        group.close();
    }

    /** Reads a reply; what it throws makes the reply one that is not of the protocol. */
    private interface Reading<T> {
        T of(Reply reply) throws Reply.NotAReplyException;
    }

    private static ObjectNode request(final String op) {
        return JsonNodeFactory.instance.objectNode().put("op", op);
    }

    private <T> T ask(final ObjectNode request, final Patience patience, final Reading<T> reading)
            throws ForkFailedException, InterruptedException {
        send(request);
        return answer(request.path("op").textValue(), patience, reading);
    }

    private <T> T answer(final String op, final Patience patience, final Reading<T> reading)
            throws ForkFailedException, InterruptedException {
        final boolean alarmed = patience.alarmAfter().compareTo(patience.silence()) < 0;
        Optional<Line> line = replies.poll(alarmed ? patience.alarmAfter() : patience.silence());
        if (line.isEmpty() && alarmed) {
            patience.alarm().run();
            line = replies.poll(patience.silence().minus(patience.alarmAfter()));
        }
        if (line.isEmpty()) {
            throw faults.hang(patience.silence(), op);
        }
        if (line.get().kind() == Line.Kind.END) {
            throw faults.ended(op);
        }
        return parse(line.get(), reading);
    }

    private void send(final ObjectNode request) throws ForkFailedException, InterruptedException {
        try {
            group.input().write((request + "\n").getBytes(StandardCharsets.UTF_8));
            group.input().flush();
        } catch (final IOException e) {
            // The pipe is broken. What the fork said before it ended tells more than that it did.
            final Optional<Line> last = replies.poll(END_LIMIT);
            if (last.isPresent() && last.get().kind() != Line.Kind.END) {
                parse(last.get(), reply -> true);
            }
            throw faults.ended(request.path("op").textValue());
        }
    }

    private <T> T parse(final Line line, final Reading<T> reading) throws ForkFailedException {
        if (line.kind() == Line.Kind.TOO_LONG) {
            throw faults.protocol(line, "it is longer than " + ReplyLines.MOST_BYTES + " bytes");
        }
        try {
            final Reply reply = Reply.parse(line.text());
            final Optional<String> error = reply.error();
            if (error.isPresent()) {
                throw faults.reported(reply.kind(), error.get());
            }
            return reading.of(reply);
        } catch (final Reply.NotAReplyException e) {
            throw faults.protocol(line, String.valueOf(e.getMessage()));
        }
    }
}
