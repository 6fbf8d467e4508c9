package dev.maar.agent.build;

import dev.maar.agent.sandbox.DiskUse;
import dev.maar.agent.source.FileMutex;
import dev.maar.agent.source.FileTrees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The builds that are kept, as far as their number is concerned. Who uses a build says so while it holds the build's lock, and counts
 * as its user until it ends, in whatever way: the kernel then gives up the lock on its list. What nobody uses can be evicted, the least
 * recently used first, and what a process that was killed has left half-written is removed when nobody else is there to be writing it.
 * Thread-safe, for several processes too.
 */
public final class BuildCache implements AutoCloseable {

    private static final String USERS = "users";
    private static final String LOCKS = "locks";
    private static final String LOCK = ".lock";
    /** The folders that hold one folder a build, with the file that each has once it is whole. */
    private static final List<Kind> KINDS =
            List.of(new Kind("adopters", "adopter-", "build.json"), new Kind("subjects", "subject-", "subject.json"));
    /** What writers move into place when it is whole, and folders for a single call. */
    private static final String PARTIAL = ".*\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(\\.tmp)?";

    private final Path directory;
    private final Path list;
    private final FileMutex alive;

    private BuildCache(final Path directory, final Path list, final FileMutex alive) {
        this.directory = directory;
        this.list = list;
        this.alive = alive;
    }

    private record Kind(String folder, String lock, String record) {}

    /** A build and when it was last used. */
    private record Entry(Kind kind, Path home, FileTime used) {

        Path lock(final Path directory) {
            return directory.resolve(LOCKS).resolve(kind.lock() + home.getFileName());
        }
    }

    /**
     * Part of what a cache folder holds.
     *
     * @param name the part's name
     * @param bytes the size of its files
     */
    public record Share(String name, long bytes) {}

    static BuildCache open(final Path directory) throws IOException, InterruptedException {
        final Path users = Files.createDirectories(directory.resolve(USERS));
        try (FileMutex ignored = FileMutex.acquire(directory.resolve(LOCKS).resolve("sweep"))) {
            removeDead(users);
            if (living(users).isEmpty()) {
                sweep(entries(directory), directory);
            }
            final Path list = users.resolve(UUID.randomUUID().toString());
            final FileMutex alive = FileMutex.acquire(lockOf(list));
            Files.createFile(list);
            return new BuildCache(directory, list, alive);
        }
    }

    /** From now on the build in this folder is in use until this is closed. Only for who holds the build's lock. */
    void use(final Path home) throws IOException {
        synchronized (alive) {
            Files.writeString(list, home + "\n", StandardOpenOption.APPEND);
        }
        if (Files.isDirectory(home)) {
            Files.setLastModifiedTime(home, FileTime.from(Clock.systemUTC().instant()));
        }
    }

    /**
     * Removes builds, the least recently used first, until the rest fits. What is in use or being built stays, even if it does not fit.
     *
     * @param mostBytes how large the builds may be in all
     * @return how much was removed, in bytes
     * @throws IOException when the cache can not be read or written
     */
    public long evict(final long mostBytes) throws IOException {
        final List<Entry> entries = entries(directory);
        entries.sort(Comparator.comparing(Entry::used));
        long all = 0;
        for (final Entry entry : entries) {
            all += DiskUse.of(entry.home());
        }
        long removed = 0;
        for (final Entry entry : entries) {
            if (all - removed <= mostBytes) {
                return removed;
            }
            final long size = DiskUse.of(entry.home());
            if (removeUnlessUsed(entry)) {
                removed += size;
            }
        }
        return removed;
    }

    /**
     * What a cache folder holds.
     *
     * @param directory the folder
     * @return one share for each folder in it, by name; empty when there is none
     * @throws IOException when it can not be read
     */
    public static List<Share> shares(final Path directory) throws IOException {
        final List<Share> shares = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> folders = Files.newDirectoryStream(directory, Files::isDirectory)) {
                for (final Path folder : folders) {
                    shares.add(new Share(String.valueOf(folder.getFileName()), DiskUse.of(folder)));
                }
            }
        }
        shares.sort(Comparator.comparing(Share::name));
        return List.copyOf(shares);
    }

    /** From now on this process uses nothing of the cache. */
    @Override
    public void close() throws IOException {
        synchronized (alive) {
            Files.deleteIfExists(list);
            Files.deleteIfExists(lockOf(list));
            alive.close();
        }
    }

    private static List<Entry> entries(final Path directory) throws IOException {
        final List<Entry> entries = new ArrayList<>();
        for (final Kind kind : KINDS) {
            final Path folder = directory.resolve(kind.folder());
            if (Files.isDirectory(folder)) {
                try (DirectoryStream<Path> homes = Files.newDirectoryStream(folder)) {
                    for (final Path home : homes) {
                        entry(kind, home).ifPresent(entries::add);
                    }
                }
            }
        }
        return entries;
    }

    private static Optional<Entry> entry(final Kind kind, final Path home) throws IOException {
        try {
            return Files.isDirectory(home, LinkOption.NOFOLLOW_LINKS)
                    ? Optional.of(new Entry(kind, home, Files.getLastModifiedTime(home)))
                    : Optional.empty();
        } catch (final NoSuchFileException e) {
            // Another process has just evicted it.
            return Optional.empty();
        }
    }

    private boolean removeUnlessUsed(final Entry entry) throws IOException {
        final Optional<FileMutex> lock = FileMutex.tryAcquire(entry.lock(directory));
        if (lock.isEmpty()) {
            return false;
        }
        try (FileMutex ignored = lock.get()) {
            if (used().contains(entry.home().toString())) {
                return false;
            }
            // The record first: without it the rest is no build, whatever becomes of us now.
            Files.deleteIfExists(entry.home().resolve(entry.kind().record()));
            FileTrees.delete(entry.home());
            return true;
        }
    }

    /** What all living users use, we among them. */
    private Set<String> used() throws IOException {
        final Set<String> used = new HashSet<>();
        for (final Path living : living(directory.resolve(USERS))) {
            try {
                used.addAll(Files.readAllLines(living, StandardCharsets.UTF_8));
            } catch (final NoSuchFileException e) {
                // It uses nothing any more, or nothing yet.
                continue;
            }
        }
        return used;
    }

    /** The lists of living users: those whose locks are held. A list and its lock are two files, so that lists can be read. */
    private static List<Path> living(final Path users) throws IOException {
        final List<Path> living = new ArrayList<>();
        for (final Path list : lists(users)) {
            final Optional<FileMutex> dead = FileMutex.tryAcquire(lockOf(list));
            if (dead.isPresent()) {
                dead.get().close();
            } else {
                living.add(list);
            }
        }
        return living;
    }

    /** Removes the lists of dead users. Only for who holds the lock that new users take. */
    private static void removeDead(final Path users) throws IOException {
        final Set<Path> living = Set.copyOf(living(users));
        for (final Path list : lists(users)) {
            if (!living.contains(list)) {
                Files.deleteIfExists(list);
                Files.deleteIfExists(lockOf(list));
            }
        }
    }

    private static Set<Path> lists(final Path users) throws IOException {
        final Set<Path> lists = new HashSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(users)) {
            for (final Path file : files) {
                final String name = String.valueOf(file.getFileName());
                lists.add(name.endsWith(LOCK) ? users.resolve(name.substring(0, name.length() - LOCK.length())) : file);
            }
        }
        return lists;
    }

    private static Path lockOf(final Path list) {
        return list.resolveSibling(list.getFileName() + LOCK);
    }

    /** Removes what was being written when its writer was killed. Only while nobody writes. */
    private static void sweep(final List<Entry> entries, final Path directory)
            throws IOException, InterruptedException {
        for (final Entry entry : entries) {
            if (!Files.exists(entry.home().resolve(entry.kind().record()))) {
                ProgramRun.awaitAbandoned(entry.home());
                FileTrees.delete(entry.home());
            }
        }
        FileTrees.delete(directory.resolve("fetch"));
        for (final String folder : List.of("abi", "class-paths", "resolved", "settings", "m2/.maar")) {
            sweep(directory.resolve(folder));
        }
    }

    private static void sweep(final Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (final Path file : files) {
                final String name = String.valueOf(file.getFileName());
                if (name.matches(PARTIAL) || name.startsWith("install-")) {
                    FileTrees.delete(file);
                }
            }
        }
    }
}
