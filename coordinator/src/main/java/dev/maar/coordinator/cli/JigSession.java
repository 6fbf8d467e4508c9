package dev.maar.coordinator.cli;

import dev.maar.agent.job.SubjectRecipe;
import dev.maar.coordinator.experiment.PlanException;
import dev.maar.coordinator.experiment.Request;
import dev.maar.coordinator.inner.LoopEvent;
import dev.maar.coordinator.inner.LoopProgress;
import dev.maar.coordinator.inner.SourceWatch;
import dev.maar.coordinator.inner.Telling;
import dev.maar.coordinator.manifest.AdopterManifest;
import dev.maar.coordinator.manifest.Source;
import dev.maar.coordinator.plan.Plan;
import dev.maar.coordinator.report.Report;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One adopter measured once, or again after each edit, in one process that keeps what it has built. */
final class JigSession {

    private final MaarCommand maar;
    private final MeasureOptions options;
    private final Optional<String> jsonLines;
    private final boolean profile;
    private final Console console;
    private final Clock clock = Clock.systemUTC();
    private final long startNanos = System.nanoTime();

    JigSession(
            final MaarCommand maar,
            final MeasureOptions options,
            final Optional<String> jsonLines,
            final boolean profile) {
        this.maar = maar;
        this.profile = profile;
        this.options = options;
        this.jsonLines = jsonLines;
        this.console = options.console(jsonLines.filter("-"::equals).isPresent());
    }

    /** Runs once; returns the exit code. */
    int once(final Question question) throws Exception {
        try (Interruption interruption = Interruption.watch();
                Lines lines = Lines.open(console.quiet() ? Optional.empty() : Optional.of(console.err()), jsonLines)) {
            return answer(question, lines).code();
        } catch (final InterruptedException e) {
            console.say("maar: interrupted");
            return ExitCode.INTERRUPTED;
        }
    }

    /** Runs once. */
    JigFarm.Done answer(final Question question, final Telling telling) throws Exception {
        final Preparation preparation = new Preparation(maar, options, console, clock);
        final Request request = preparation.request(question);
        try (JigFarm farm = JigFarm.open(maar, options, preparation, request, clock, telling)) {
            final LoopProgress.Stopwatch stopwatch = new LoopProgress.Stopwatch(startNanos);
            final Plan plan = farm.plan(request);
            preparation.introduce(plan);
            stopwatch.planned();
            final JigFarm.Done done = farm.run(plan, request.budget(), stopwatch, () -> true);
            ExperimentSession.show(done.merged().report(), done.folder(), console, options.json());
            farm.reasons(done, profile);
            telling.tell(ended(done, ""));
            return done;
        }
    }

    private static LoopEvent.Ended ended(final JigFarm.Done done, final String words) {
        return new LoopEvent.Ended(
                Optional.of(done.verdict().label()), done.code(), done.folder().toString(), words);
    }

    /** Measures each side against the first; returns the worst exit code. */
    int refs(final List<Question> questions) throws Exception {
        final Preparation preparation = new Preparation(maar, options, console, clock);
        final RefsTable table = new RefsTable(console.out());
        int code = ExitCode.OK;
        final Request first = preparation.request(questions.get(0));
        try (Interruption interruption = Interruption.watch();
                Lines lines = Lines.open(console.quiet() ? Optional.empty() : Optional.of(console.err()), jsonLines);
                JigFarm farm = JigFarm.open(maar, options, preparation, first, clock, lines)) {
            for (final Question question : questions) {
                final LoopProgress.Stopwatch stopwatch = new LoopProgress.Stopwatch(System.nanoTime());
                final Request request = preparation.request(question);
                final Plan plan = farm.plan(request);
                preparation.introduce(plan);
                stopwatch.planned();
                final JigFarm.Done done = farm.run(plan, request.budget(), stopwatch, () -> true);
                lines.tell(ended(done, "Report: " + done.folder().resolve("report.html")));
                table.add(question.b(), done.merged().report());
                code = Math.max(code, done.code());
                if (done.status() == Report.Status.ABORTED) {
                    break;
                }
            }
        } catch (final InterruptedException e) {
            code = ExitCode.INTERRUPTED;
        }
        table.print(questions.get(0).a().orElse(""));
        return code;
    }

    /** Stays, and starts over on each edit; returns the exit code when interrupted. */
    int watch(final Question question) throws Exception {
        final Preparation preparation = new Preparation(maar, options, console, clock);
        final Request request = preparation.request(question);
        try (Interruption interruption = Interruption.watch();
                Lines lines = Lines.open(Optional.of(console.out()), jsonLines);
                SourceWatch watch = SourceWatch.of(folders(request));
                JigFarm farm = JigFarm.open(maar, options, preparation, request, clock, lines)) {
            lines.tell(new LoopEvent.Ready(
                    folders(request).stream().map(Path::toString).toList()));
            return new JigWatch(farm, watch, interruption, lines, request, profile).run(startNanos);
        } catch (final InterruptedException e) {
            return ExitCode.INTERRUPTED;
        }
    }

    /** What an edit may concern: the subject's sources, and the adopter's with its jigs. */
    private static List<Path> folders(final Request request) throws PlanException {
        final List<Path> folders = new ArrayList<>();
        if (request.subject().source() instanceof final Source.Folder folder) {
            final String module =
                    request.subject().build() instanceof final SubjectRecipe.Maven maven ? maven.module() : "";
            folders.add(folder.path().resolve(module).normalize());
        }
        for (final AdopterManifest adopter : request.adopters()) {
            if (adopter.source() instanceof final Source.Folder folder) {
                folders.add(folder.path());
            }
            adopter.jigs().forEach(jig -> jig.sources().ifPresent(folders::add));
        }
        if (folders.isEmpty()) {
            throw new PlanException(
                    "there is nothing to watch: neither the subject's source nor the adopter's is a folder");
        }
        return folders;
    }
}
