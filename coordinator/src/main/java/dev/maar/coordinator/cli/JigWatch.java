package dev.maar.coordinator.cli;

import dev.maar.agent.job.BuildOutcome;
import dev.maar.agent.job.JobResult;
import dev.maar.agent.job.StageStatus;
import dev.maar.agent.job.SubjectOutcome;
import dev.maar.agent.job.Verdict;
import dev.maar.agent.measure.Budget;
import dev.maar.agent.source.SourceException;
import dev.maar.coordinator.experiment.PlanException;
import dev.maar.coordinator.experiment.Request;
import dev.maar.coordinator.inner.LoopEvent;
import dev.maar.coordinator.inner.LoopProgress;
import dev.maar.coordinator.inner.SourceWatch;
import dev.maar.coordinator.inner.Telling;
import dev.maar.coordinator.plan.Plan;
import dev.maar.coordinator.report.Report;
import java.io.IOException;
import java.util.Optional;

/**
 * The loop of {@code maar jig --watch}: an edit, its verdict, the next edit. A later edit ends what is being done about the one before. For
 * the command's thread, which edits and Ctrl-C interrupt.
 */
final class JigWatch {

    private static final String NEXT = "Waiting for an edit";

    private final JigFarm farm;
    private final SourceWatch watch;
    private final Interruption interruption;
    private final Telling telling;
    private final boolean profile;
    private Request request;
    /** What was looked at last: the trees of both sides and the adopter's content. */
    private String last = "";
    /** What came of it. */
    private LoopEvent.Ended answer = new LoopEvent.Ended(Optional.empty(), ExitCode.NO_VERDICT, "", "");

    JigWatch(
            final JigFarm farm,
            final SourceWatch watch,
            final Interruption interruption,
            final Telling telling,
            final Request request,
            final boolean profile) {
        this.profile = profile;
        this.farm = farm;
        this.watch = watch;
        this.interruption = interruption;
        this.telling = telling;
        this.request = request;
    }

    /**
     * Runs until Ctrl-C.
     *
     * @param startNanos when the command was started: the first time the checkout is looked at without an edit
     * @return the exit code
     * @throws Exception when the command itself is wrong
     */
    int run(final long startNanos) throws Exception {
        long since = startNanos;
        for (int edit = 1; ; edit++) {
            watch.interruptMe();
            try {
                settle(since);
            } catch (final InterruptedException e) {
                // An edit or Ctrl-C: the next lines find out which.
                Thread.interrupted();
            } finally {
                final boolean edited = watch.letMe();
                if (edited) {
                    Thread.interrupted();
                }
            }
            if (interruption.happened()) {
                return ExitCode.INTERRUPTED;
            }
            final SourceWatch.Edit next = watch.take();
            since = next.nanos();
            telling.tell(new LoopEvent.Edited(edit, next.files()));
        }
    }

    /** Answers one edit, as far as it gets. */
    private void settle(final long since) throws Exception {
        try {
            final LoopProgress.Stopwatch stopwatch = new LoopProgress.Stopwatch(since);
            final Plan plan = farm.plan(request);
            request = JigFarm.fixed(request, plan);
            final String now = plan.sides().a().tree()
                    + plan.sides().b().tree()
                    + plan.adopters().get(0).recipe().contentSha256();
            if (now.equals(last)) {
                telling.tell(new LoopEvent.Ended(
                        answer.verdict(),
                        answer.exitCode(),
                        answer.report(),
                        "nothing differs from what was there before, and the answer stands. " + NEXT));
                return;
            }
            last = now;
            stopwatch.planned();
            final JobResult built = farm.build(plan);
            if (isAnswer(built)) {
                return;
            }
            measure(plan, request.budget(), stopwatch);
        } catch (final InterruptedException e) {
            // What is looked at again has not been answered.
            last = "";
            throw e;
        } catch (final IOException | SourceException | PlanException e) {
            last = "";
            telling.tell(new LoopEvent.Ended(Optional.empty(), ExitCode.NO_VERDICT, "", Failures.message(e)));
        }
    }

    private void end(final LoopEvent.Ended ended) {
        answer = ended;
        telling.tell(ended);
    }

    private void nothingToDo(final String why) {
        end(new LoopEvent.Ended(Optional.of(Verdict.UNCHANGED.label()), ExitCode.OK, "", why + ". " + NEXT));
    }

    /** Whether the build is the whole answer; tells it then. */
    private boolean isAnswer(final JobResult result) {
        if (!(result instanceof final JobResult.Staged staged)) {
            end(new LoopEvent.Ended(Optional.empty(), ExitCode.NO_VERDICT, "", ((JobResult.Undone) result).reason()));
            return true;
        }
        final BuildOutcome b = staged.builds().b();
        if (staged.builds().a().status() == StageStatus.PASS && b.status() == StageStatus.FAIL) {
            telling.tell(new LoopEvent.Built(false, b.reason()));
            end(new LoopEvent.Ended(
                    Optional.of(Verdict.REGRESSED.label()), ExitCode.REGRESSED, "", "Side b does not build. " + NEXT));
            return true;
        }
        final SubjectOutcome subjectA = staged.subjects().a();
        final SubjectOutcome subjectB = staged.subjects().b();
        if (!subjectB.artifactSha256().isEmpty()
                && subjectA.artifactSha256().equals(subjectB.artifactSha256())
                && request.b().jvmArgs().isEmpty()
                && request.b().env().isEmpty()) {
            nothingToDo("side b's artifact is side a's, byte for byte: there is nothing to measure");
            return true;
        }
        return false;
    }

    private void measure(final Plan plan, final Budget budget, final LoopProgress.Stopwatch stopwatch)
            throws Exception {
        final JigFarm.Done done = farm.run(plan, budget, stopwatch, interruption::happened);
        final Report report = done.merged().report();
        if (done.status() == Report.Status.ABORTED) {
            telling.tell(new LoopEvent.Ended(
                    Optional.empty(), ExitCode.INTERRUPTED, done.folder().toString(), "Interrupted"));
            throw new InterruptedException();
        }
        final boolean open = report.summary().verdict() == Verdict.INCONCLUSIVE
                || report.summary().verdict() == Verdict.SUSPECT;
        final boolean more = open && budget == Budget.QUICK;
        end(new LoopEvent.Ended(
                Optional.of(done.verdict().label()),
                done.code(),
                done.folder().toString(),
                more
                        ? "Going on with fresh pairs of budget standard"
                        : NEXT + ". Report: " + done.folder().resolve("report.html")));
        farm.reasons(done, profile);
        if (more) {
            final Request further = request.withBudget(Budget.STANDARD);
            final LoopProgress.Stopwatch again = new LoopProgress.Stopwatch(System.nanoTime());
            final Plan second = farm.plan(further);
            again.planned();
            measure(second, Budget.STANDARD, again);
        }
    }
}
