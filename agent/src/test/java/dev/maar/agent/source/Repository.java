package dev.maar.agent.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A git repository of a test's own. */
final class Repository {

    final Path root;

    Repository(final Path root) throws Exception {
        this.root = Files.createDirectories(root).toRealPath();
        git("init", "-q", "-b", "main");
    }

    Repository write(final String file, final String text) throws IOException {
        final Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text, StandardCharsets.UTF_8);
        return this;
    }

    /** Commits everything; gives the commit's SHA. */
    String commit(final String message) throws Exception {
        git("add", "-A");
        git("-c", "user.name=T", "-c", "user.email=t@example.org", "commit", "-q", "--allow-empty", "-m", message);
        return git("rev-parse", "HEAD");
    }

    String git(final String... arguments) throws Exception {
        final List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        final Process process = new ProcessBuilder(command)
                .directory(root.toFile())
                .redirectErrorStream(true)
                .start();
        final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(command + ": " + said);
        }
        return said.strip();
    }

    /** Every file of the repository, git's own included, with its content and time of change. */
    Map<String, String> everything() throws IOException {
        final Map<String, String> files = new TreeMap<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes) throws IOException {
                files.put(
                        root.relativize(file).toString(),
                        attributes.lastModifiedTime() + " "
                                + (attributes.isSymbolicLink() ? "link" : ContentHash.ofFile(file)));
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }
}
