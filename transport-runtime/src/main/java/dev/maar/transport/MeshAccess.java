package dev.maar.transport;

import dev.maar.transport.mesh.Mesh;
import dev.maar.transport.mesh.MeshException;
import dev.maar.transport.mesh.MeshSettings;
import dev.maar.transport.mesh.Secret;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The runtime's access to other runtimes. It begins with the first publisher or subscriber. Thread-safe. */
final class MeshAccess {

    private static final System.Logger LOG = System.getLogger(TransportRuntime.class.getName());
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(1);

    /** Well above the time that a process may be frozen or a network cut. */
    private static final Duration SILENCE = Duration.ofSeconds(15);

    private final TransportContext context;
    private final MeshEvents events;
    private final Runnable onLaunch;
    private @Nullable Mesh mesh;
    private boolean done;

    /** Calls {@code onLaunch} once, when there is something to clean up from then on. */
    MeshAccess(final TransportContext context, final MeshEvents events, final Runnable onLaunch) {
        this.context = context;
        this.events = events;
        this.onLaunch = onLaunch;
    }

    /** There is someone now whom other runtimes may want to hear of. */
    synchronized void open() {
        if (done) {
            return;
        }
        done = true;
        try {
            mesh = Mesh.launch(settings(), events);
            onLaunch.run();
        } catch (final MeshException failure) {
            if (context.isPlain()) {
                LOG.log(System.Logger.Level.WARNING, "this runtime stays alone: {0}", failure.getMessage());
            } else {
                done = false;
                throw new TransportException(TransportError.BAD_SETTING, String.valueOf(failure.getMessage()), failure);
            }
        }
    }

    private MeshSettings settings() {
        final Path directory = context.hostDirectory();
        return new MeshSettings(
                directory.resolveSibling(directory.getFileName() + ".mesh"),
                context.peers(),
                context.listen(),
                context.secret().map(Secret::of),
                KEEP_ALIVE,
                SILENCE);
    }

    /** Where other hosts can reach this runtime; empty when they can not. */
    synchronized Optional<InetSocketAddress> listenAddress() {
        final Mesh opened = mesh;
        return opened == null ? Optional.empty() : opened.listenAddress();
    }

    void close() {
        final Mesh opened;
        synchronized (this) {
            done = true;
            opened = mesh;
            mesh = null;
        }
        if (opened != null) {
            opened.close();
        }
    }
}
