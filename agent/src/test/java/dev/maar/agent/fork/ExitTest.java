package dev.maar.agent.fork;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maar.agent.job.ForkFailure;
import dev.maar.agent.job.ForkFailure.Kind;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitTest {

    @ParameterizedTest
    @CsvSource({
        "1,   Traceback,                                              EXIT,          exit code 1",
        "3,   Terminating due to java.lang.OutOfMemoryError: heap,    OUT_OF_MEMORY, out of memory",
        "1,   MemoryError,                                            OUT_OF_MEMORY, out of memory",
        "1,   write: No space left on device,                         INFRA,         exit code 1",
        "134, # A fatal error has been detected,                      EXIT,          SIGABRT",
        "139, '',                                                     EXIT,          SIGSEGV",
        "137, '',                                                     INFRA,         SIGKILL from outside",
        "143, '',                                                     INFRA,         SIGTERM from outside",
        "-1,  '',                                                     PROTOCOL,      closed its standard output"
    })
    void theEndSaysWhatHappened(final int code, final String tail, final Kind kind, final String words) {
        final OptionalInt exit = code < 0 ? OptionalInt.empty() : OptionalInt.of(code);
        final ForkFailure failure = Exit.failure(exit, "run", tail);

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.reason()).contains(words).contains("during run").contains(tail);
    }
}
