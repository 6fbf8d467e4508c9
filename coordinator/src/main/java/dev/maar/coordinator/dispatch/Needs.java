package dev.maar.coordinator.dispatch;

import dev.maar.agent.job.AgentFacts;
import dev.maar.agent.job.Both;
import dev.maar.agent.job.JobSpec;
import dev.maar.agent.job.Side;
import dev.maar.agent.source.SideSpec;
import dev.maar.agent.source.SourceException;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an agent's machine must have for a job.
 *
 * @param sandboxed whether something must keep programs to their place
 * @param jdks the versions of the JDKs that the sides name
 */
record Needs(boolean sandboxed, Set<String> jdks) {

    Needs {
        jdks = Set.copyOf(jdks);
    }

    /** The needs of a job. */
    static Needs of(final JobSpec job, final boolean sandboxed) {
        final Both<Side> sides =
                job instanceof final JobSpec.Stages stages ? stages.sides() : ((JobSpec.Pairs) job).sides();
        final Set<String> jdks = new TreeSet<>();
        add(sides.a(), jdks);
        add(sides.b(), jdks);
        return new Needs(sandboxed, jdks);
    }

    /** A JDK that is named by its place is the agent's to find, or to miss. */
    private static void add(final Side side, final Set<String> jdks) {
        try {
            SideSpec.parse(side.spec())
                    .jdk()
                    .filter(wanted -> wanted.matches("[0-9.]+"))
                    .ifPresent(jdks::add);
        } catch (final SourceException e) {
            throw new IllegalArgumentException("a planned side that can not be read: " + side.spec(), e);
        }
    }

    boolean areMetBy(final AgentFacts agent) {
        return (!sandboxed || !agent.sandbox().equals("none"))
                && jdks.stream().allMatch(wanted -> agent.jdks().stream().anyMatch(jdk -> is(jdk, wanted)));
    }

    /** A JDK's description ends with its version. */
    private static boolean is(final String jdk, final String wanted) {
        final String version = jdk.substring(jdk.lastIndexOf(' ') + 1);
        return version.equals(wanted)
                || (version.startsWith(wanted) && ".+-".indexOf(version.charAt(wanted.length())) >= 0);
    }
}
