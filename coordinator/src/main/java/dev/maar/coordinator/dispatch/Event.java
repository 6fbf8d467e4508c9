package dev.maar.coordinator.dispatch;

import dev.maar.agent.job.JobResult;
import dev.maar.agent.job.JobSpec;
import dev.maar.agent.lease.Ask;
import dev.maar.coordinator.store.Lease;
import java.util.List;
import java.util.function.Consumer;

/** What the dispatcher's one thread is told by others. */
sealed interface Event {

    /** An experiment begins, or goes on; who has which of its jobs is known from before. */
    record Began(String experiment, Terms terms, List<Lease> leased, Consumer<JobResult> results) implements Event {}

    /** An experiment ends. */
    record Ended(String experiment) implements Event {}

    /** A job is to be done. */
    record Posted(JobSpec job) implements Event {}

    /** An idle agent of this version asks for work. */
    record Asked(Ask ask) implements Event {}

    /** A result has been committed. */
    record Recorded(JobResult result, long token) implements Event {}

    /** A member left the cluster, or can not be reached. */
    record Left(String member) implements Event {}
}
