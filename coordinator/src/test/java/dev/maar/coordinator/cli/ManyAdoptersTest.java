package dev.maar.coordinator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A few of {@link ManyAdopters}. */
class ManyAdoptersTest {

    /** What the memory of two processes that do the same may differ by. */
    private static final long APART_KIB = 24 << 10;

    @TempDir
    private Path folder;

    @Test
    void fourTimesAsManyAdoptersTakeNoMoreMemoryAndEachComesToItsEnd() throws Exception {
        final ManyAdopters.Seen few = ManyAdopters.run(folder, 4);
        final ManyAdopters.Seen many = ManyAdopters.run(folder, 16);

        assertThat(many.residentKib()).isLessThan(few.residentKib() + APART_KIB);
        assertThat(many.runBytes()).isLessThan(4 * few.runBytes() + (64 << 10));
    }
}
