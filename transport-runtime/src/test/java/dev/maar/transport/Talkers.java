package dev.maar.transport;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The processes of one test, which end with it. */
final class Talkers implements AfterEachCallback {

    private final List<Talker> started = new ArrayList<>();

    /** Starts one more. */
    Talker start(final Path aeronDirectory, final String... flags) throws IOException {
        final Talker talker = Talker.start(aeronDirectory, flags);
        started.add(talker);
        return talker;
    }

    @Override
    public void afterEach(final ExtensionContext context) throws InterruptedException {
        for (final Talker talker : started) {
            talker.close();
        }
    }
}
