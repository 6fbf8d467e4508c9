package dev.maar.agent.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maar.agent.fork.ForkSpec;
import dev.maar.agent.jigs.TestJigs;
import dev.maar.agent.job.Both;
import dev.maar.agent.measure.TestForks;
import dev.maar.agent.sandbox.NoSandbox;
import dev.maar.agent.sandbox.Reaper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProfilerTest {

    @TempDir
    private Path folder;

    @Test
    void aForkUnderTheRecorderShowsItsMethodsAndWhatItAllocates() throws Exception {
        final Path scratch = folder.resolve("scratch");
        try (Reaper reaper = Reaper.start()) {
            try (Profiler profiler = new Profiler(reaper, new NoSandbox(), scratch)) {
                final Both<ForkSpec> forks = TestForks.of(TestJigs.Allocates.class, folder);
                final Profile profile = profiler.run(forks.a(), Duration.ofSeconds(1), Duration.ofSeconds(30));

                assertThat(profile.samples()).isPositive();
                assertThat(profile.stacks().keySet())
                        .anySatisfy(stack -> assertThat(stack).anyMatch(frame -> frame.contains("TestJigs")));
                assertThat(profile.allocations()).isNotEmpty();
            }
            try (Stream<Path> left = Files.list(scratch)) {
                assertThat(left).isEmpty();
            }
        }
    }

    @Test
    void theDifferenceNamesWhatMovedTheMostFirstAndLeavesOutTheRest() {
        final Profile a = profile(Map.of("hot", 90L, "warm", 10L));
        final Profile b = profile(Map.of("hot", 60L, "warm", 9L, "new", 31L));

        final List<String> lines = ProfileDifference.lines(new Both<>(a, b));

        assertThat(lines).hasSizeLessThanOrEqualTo(10);
        assertThat(lines.get(1)).contains("0.0 % to  31.0 %").contains("new");
        assertThat(lines.get(2)).contains("90.0 % to  60.0 %").contains("hot");
        assertThat(lines).noneMatch(line -> line.contains("warm"));
    }

    private static Profile profile(final Map<String, Long> methods) {
        return new Profile(
                methods.entrySet().stream()
                        .collect(java.util.stream.Collectors.toMap(
                                method -> List.of("main", method.getKey()), Map.Entry::getValue)),
                Map.of(),
                Map.of());
    }
}
