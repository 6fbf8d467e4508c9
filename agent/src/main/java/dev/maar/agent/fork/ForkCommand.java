package dev.maar.agent.fork;

import dev.maar.agent.job.JigRecipe;
import dev.maar.agent.sandbox.Launch;
import dev.maar.agent.sandbox.Limits;
import dev.maar.agent.sandbox.Place;
import dev.maar.jig.harness.ForkMain;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is started for a fork: command and environment. Pure. */
final class ForkCommand {

    /** The heap a fork starts with, if its limit allows; more is taken as it is needed. */
    private static final long START_HEAP_BYTES = 256L << 20;

    private ForkCommand() {}

    static Launch launch(final ForkSpec spec, final ForkScratch scratch, final Path harness) {
        return Launch.piped(
                command(spec, scratch, harness), spec.workDirectory(), environment(spec, scratch), spec.log());
    }

    /**
     * A fork may write to its temporary folders only: what it runs is as it was built, for this pair and the next. What is on its class
     * path is not shown for that alone, since an adopter's build has a say in it.
     */
    static Place place(final ForkSpec spec, final ForkScratch scratch, final Path harness) {
        final Path jdk = java(spec).resolve("../..").normalize();
        final List<Path> visible = List.of(harness, spec.workDirectory(), jdk);
        final Path aeronParent =
                Optional.ofNullable(scratch.aeron().getParent()).orElse(scratch.temporary());
        return new Place(
                List.of(), List.of(scratch.temporary(), aeronParent), visible, false, Limits.ofFork(spec.resources()));
    }

    private static List<String> command(final ForkSpec spec, final ForkScratch scratch, final Path harness) {
        if (spec.program() instanceof JigRecipe.JvmJig jig) {
            return jvm(spec, jig.className(), scratch, harness);
        }
        return ((JigRecipe.ProcessJig) spec.program()).command();
    }

    /**
     * The JVM's command line. Its collector is the JVM's own choice unless a side or the subject says otherwise: the farm measures what
     * users run. The heap does not start at its limit: a heap that is never reused before the measurement ends would spend every
     * slice on pages that the kernel has yet to clear.
     */
    private static List<String> jvm(
            final ForkSpec spec, final String jigClass, final ForkScratch scratch, final Path harness) {
        final long most = spec.resources().memoryBytes();
        final List<String> command = new ArrayList<>();
        command.add(java(spec).toString());
        command.add("-Xmx" + most);
        command.add("-Xms" + Math.min(most, START_HEAP_BYTES));
        command.add("-XX:+ExitOnOutOfMemoryError");
        // The JVM's own messages would otherwise come between the lines of the protocol.
        command.add("-XX:+DisplayVMOutputToStderr");
        command.add("-XX:ErrorFile=" + spec.log().toAbsolutePath() + ".hs_err");
        // Without the counters that the JVM keeps in a file that is mapped into memory: writing that file back can
        // stall a JVM.
        command.add("-XX:-UsePerfData");
        command.add("-Xshare:auto");
        // A method is compiled before it goes on, and not beside it: what the compiler knows of its callers no longer
        // depends on
        // how the threads happen to be scheduled, and two processes settle on the same code far more often. On 2 cores,
        // two equal
        // forks of the hot-path suite differed by 2.9 % (standard deviation over pairs) with it and by 11 % without.
        command.add("-Xbatch");
        command.add("-Djava.io.tmpdir=" + scratch.temporary());
        command.add("-Daeron.dir=" + scratch.aeron());
        if (!spec.subjectEntry().isEmpty()) {
            command.add("-D" + ForkMain.SUBJECT_ENTRY + "=" + spec.subjectEntry());
        }
        command.addAll(spec.subject().jvmArgs());
        command.addAll(spec.side().jvmArgs());
        command.add("-cp");
        command.add(Stream.concat(Stream.of(harness), spec.classPath().stream())
                .map(path -> path.toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator)));
        command.add(ForkMain.class.getName());
        command.add(jigClass);
        return command;
    }

    static Path java(final ForkSpec spec) {
        final String home = spec.side().jdk().isEmpty()
                ? System.getProperty("java.home")
                : spec.side().jdk();
        return Path.of(home).toAbsolutePath().resolve("bin").resolve("java");
    }

    private static Map<String, String> environment(final ForkSpec spec, final ForkScratch scratch) {
        final Map<String, String> environment = new LinkedHashMap<>(Launch.plainEnvironment());
        environment.putAll(spec.environment());
        environment.put("TMPDIR", scratch.temporary().toString());
        environment.put("AERON_DIR", scratch.aeron().toString());
        environment.putAll(spec.side().env());
        return environment;
    }
}
