package dev.maar.agent.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** How much of the disk folders take. Stateless. */
public final class DiskUse {

    private DiskUse() {}

    /**
     * How large the files in a folder are in all, as far as they can be seen: links are not followed, and what goes away meanwhile, as
     * temporary files do, is not counted.
     *
     * @param folder the folder
     * @return bytes; 0 when it is not there
     */
    public static long of(final Path folder) {
        final AtomicLong sum = new AtomicLong();
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes) {
                    sum.addAndGet(attributes.size());
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(final Path file, final IOException e) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(final Path visited, @Nullable final IOException e) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (final IOException e) {
            throw new UncheckedIOException("none of these visits fails", e);
        }
        return sum.get();
    }
}
