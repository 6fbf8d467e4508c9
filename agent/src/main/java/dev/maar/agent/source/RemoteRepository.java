package dev.maar.agent.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A git repository elsewhere, mirrored into a bare one in the farm's cache. Only ordinary transports are spoken, nobody is asked for a
 * password, and no message names one. Safe for several threads and processes.
 */
public final class RemoteRepository {

    private static final Pattern FULL_HASH = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
    private static final Pattern CREDENTIALS = Pattern.compile("://[^/@\\s]*@");
    private static final List<String> EVERYTHING = List.of("+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*");

    private final String url;
    private final Path mirror;
    private final Path lock;
    private final Git git;

    private RemoteRepository(final String url, final Path mirror, final Path lock) {
        this.url = url;
        this.mirror = mirror;
        this.lock = lock;
        this.git = Git.in(mirror)
                .with("GIT_ALLOW_PROTOCOL", "https:http:ssh:git:file")
                .with("GIT_SSH_COMMAND", "ssh -oBatchMode=yes -oConnectTimeout=20")
                .with("GIT_ASKPASS", "true");
    }

    /**
     * The mirror of a repository; made empty when there is none yet.
     *
     * @param url the repository's URL
     * @param cacheDirectory the farm's cache
     * @return the mirror
     * @throws SourceException when the URL is not one of a repository
     * @throws IOException when the cache can not be written
     * @throws InterruptedException when interrupted meanwhile
     */
    public static RemoteRepository open(final String url, final Path cacheDirectory)
            throws IOException, InterruptedException, SourceException {
        if (url.startsWith("-") || url.contains("::") || url.chars().anyMatch(c -> c <= ' ')) {
            throw new SourceException("'" + withoutCredentials(url) + "' is not the URL of a git repository; write one"
                    + " that begins with https://, ssh:// or file://");
        }
        final String name = ContentHash.ofText(url);
        final Path root = Files.createDirectories(cacheDirectory.resolve("git")).toRealPath();
        final Path mirror = root.resolve(name);
        final Path lock = root.resolve(name + ".lock");
        try (FileMutex ignored = FileMutex.acquire(lock)) {
            if (!Files.exists(mirror.resolve("HEAD"))) {
                FileTrees.delete(mirror);
                Files.createDirectories(mirror);
                Git.in(mirror).tell("init", "--quiet", "--bare");
            }
        }
        return new RemoteRepository(url, mirror, lock);
    }

    /**
     * Brings the mirror up to date: all branches and tags.
     *
     * @return where the mirror is
     * @throws SourceException when the repository can not be reached
     * @throws IOException when git can not be run
     * @throws InterruptedException when interrupted meanwhile
     */
    public Path update() throws IOException, InterruptedException, SourceException {
        try (FileMutex ignored = FileMutex.acquire(lock)) {
            final Optional<String> errors = fetch(EVERYTHING);
            if (errors.isPresent()) {
                throw unreachable(errors.get());
            }
            final Git.Answer remote = network("ls-remote", "--symref", "--", url, "HEAD");
            final Optional<String> branch = remote.output()
                    .lines()
                    .filter(line -> line.startsWith("ref: refs/heads/"))
                    .map(line -> line.substring("ref: ".length()).split("\t", -1)[0])
                    .findFirst();
            if (branch.isPresent()) {
                git.tell("symbolic-ref", "HEAD", branch.get());
            }
            return mirror;
        }
    }

    /**
     * Makes sure that a commit is in the mirror; the network is used only when it is not there yet.
     *
     * @param commit its full hash
     * @return where the mirror is
     * @throws SourceException when there is no such commit or the repository can not be reached
     * @throws IOException when git can not be run
     * @throws InterruptedException when interrupted meanwhile
     */
    public Path withCommit(final String commit) throws IOException, InterruptedException, SourceException {
        if (!FULL_HASH.matcher(commit).matches()) {
            throw new SourceException("'" + commit + "' is not the full hash of a commit");
        }
        try (FileMutex ignored = FileMutex.acquire(lock)) {
            if (has(commit)) {
                return mirror;
            }
            final Optional<String> errors = fetch(List.of(commit));
            if (errors.isPresent()) {
                // A server may refuse to give a commit by its hash; then it comes with the branches, or not at all.
                final Optional<String> all = fetch(EVERYTHING);
                if (all.isPresent()) {
                    throw unreachable(all.get());
                }
            }
            if (!has(commit)) {
                throw new SourceException(
                        "there is no commit " + commit + " in " + withoutCredentials(url) + "; `git ls-remote "
                                + withoutCredentials(url) + "` lists its branches and tags with their commits");
            }
            return mirror;
        }
    }

    private boolean has(final String commit) throws IOException, InterruptedException {
        return git.ask("cat-file", "-e", commit + "^{commit}").succeeded();
    }

    /** What git said against it, or nothing when it went well. */
    private Optional<String> fetch(final List<String> refs) throws IOException, InterruptedException {
        final List<String> arguments = new ArrayList<>(
                List.of("fetch", "--quiet", "--no-write-fetch-head", "--prune", "--no-tags", "--", url));
        arguments.addAll(refs);
        final Git.Answer answer = network(arguments.toArray(String[]::new));
        return answer.succeeded() ? Optional.empty() : Optional.of(answer.errors());
    }

    /** Gives up on a server that has sent next to nothing for a minute. */
    private Git.Answer network(final String... arguments) throws IOException, InterruptedException {
        return git.with("GIT_HTTP_LOW_SPEED_LIMIT", "1000")
                .with("GIT_HTTP_LOW_SPEED_TIME", "60")
                .ask(arguments);
    }

    private SourceException unreachable(final String errors) {
        return new SourceException(
                withoutCredentials(url) + " can not be fetched: " + withoutCredentials(errors.replace("\n", "; ")));
    }

    static String withoutCredentials(final String text) {
        return CREDENTIALS.matcher(text).replaceAll("://");
    }
}
