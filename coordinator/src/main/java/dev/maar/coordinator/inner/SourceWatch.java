package dev.maar.coordinator.inner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * Watches folders with all they hold, but for what is built, hidden or an editor's own. An edit is over when nothing was saved for a moment.
 * While work goes on for somebody, an edit interrupts that thread. Thread-safe.
 */
public final class SourceWatch implements AutoCloseable {

    /** How long nothing more is saved before an edit counts as over. */
    private static final long CALM_MILLIS = 40;

    private static final int MOST_FILES = 3;
    private static final Set<String> BUILT = Set.of("target", "build", "out", "node_modules");

    private final WatchService service;
    private final Thread thread = new Thread(this::watch, "source watch");
    private final TreeSet<String> saved = new TreeSet<>();
    private Optional<Thread> worker = Optional.empty();
    private boolean ready;
    private long firstNanos;

    private SourceWatch(final WatchService service) {
        this.service = service;
    }

    /**
     * Starts watching.
     *
     * @param folders what is watched
     * @return the watch
     * @throws IOException when the system can not watch so many folders
     */
    public static SourceWatch of(final List<Path> folders) throws IOException {
        final SourceWatch watch = new SourceWatch(FileSystems.getDefault().newWatchService());
        try {
            for (final Path folder : folders) {
                watch.register(folder);
            }
        } catch (final IOException e) {
            watch.service.close();
            throw e;
        }
        watch.thread.setDaemon(true);
        watch.thread.start();
        return watch;
    }

    /**
     * An edit.
     *
     * @param files the names of some of the files that were saved
     * @param nanos when the first of them was, by {@link System#nanoTime}
     */
    public record Edit(List<String> files, long nanos) {

        /** Copies the list. */
        public Edit {
            files = List.copyOf(files);
        }
    }

    /**
     * Waits for an edit that nobody has taken yet.
     *
     * @return the edit
     * @throws InterruptedException when interrupted meanwhile
     */
    public synchronized Edit take() throws InterruptedException {
        while (!ready) {
            wait();
        }
        final List<String> files = saved.stream().limit(MOST_FILES).toList();
        saved.clear();
        ready = false;
        return new Edit(files, firstNanos);
    }

    /**
     * From now on an edit interrupts the calling thread; one that nobody has taken does so at once.
     */
    public synchronized void interruptMe() {
        worker = Optional.of(Thread.currentThread());
        if (ready) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * From now on an edit interrupts nobody.
     *
     * @return whether there is one that nobody has taken; it may just have interrupted the caller
     */
    public synchronized boolean letMe() {
        worker = Optional.empty();
        return ready;
    }

    private void watch() {
        try {
            while (true) {
                WatchKey key = service.take();
                boolean any = false;
                while (key != null) {
                    any |= note(key);
                    key = any ? service.poll(CALM_MILLIS, TimeUnit.MILLISECONDS) : service.poll();
                }
                if (any) {
                    over();
                }
            }
        } catch (final ClosedWatchServiceException | InterruptedException e) {
            // The watch is closed: nobody waits for it any more.
            thread.interrupt();
        }
    }

    private synchronized void over() {
        ready = true;
        worker.ifPresent(Thread::interrupt);
        notifyAll();
    }

    /** Takes note of what a key tells; false when nothing of it matters. */
    private boolean note(final WatchKey key) {
        final Path folder = (Path) key.watchable();
        boolean any = false;
        for (final WatchEvent<?> event : key.pollEvents()) {
            any |= event.context() instanceof final Path name ? noteFile(folder.resolve(name)) : noteFile(folder);
        }
        key.reset();
        return any;
    }

    private boolean noteFile(final Path file) {
        final String name = String.valueOf(file.getFileName());
        if (isOther(name)) {
            return false;
        }
        if (Files.isDirectory(file)) {
            try {
                register(file);
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        synchronized (this) {
            if (saved.isEmpty()) {
                firstNanos = System.nanoTime();
            }
            saved.add(name);
        }
        return true;
    }

    /** Whether a file or folder is built, hidden, or a backup or lock file of an editor. */
    private static boolean isOther(final String name) {
        return name.startsWith(".")
                || name.startsWith("#")
                || name.endsWith("~")
                || name.endsWith(".swp")
                || BUILT.contains(name)
                || name.equals("4913");
    }

    private void register(final Path root) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(final Path folder, final BasicFileAttributes attributes)
                    throws IOException {
                if (!folder.equals(root) && isOther(String.valueOf(folder.getFileName()))) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                folder.register(
                        service,
                        StandardWatchEventKinds.ENTRY_CREATE,
                        StandardWatchEventKinds.ENTRY_MODIFY,
                        StandardWatchEventKinds.ENTRY_DELETE);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(final Path file, final IOException problem) {
                // Gone again before it was looked at.
                return FileVisitResult.CONTINUE;
            }
        });
    }

    @Override
    public void close() throws IOException {
        service.close();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (final InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
