package dev.maar.agent.build;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.stream.Stream;

/** Files by pattern. */
final class Glob {

    private static final String ANYWHERE = "**/";

    private Glob() {}

    /**
     * The files that a glob names, sorted. Symbolic links are left out: what they name was not left there.
     *
     * @param folder where the glob starts
     * @param glob as of {@link java.nio.file.FileSystem#getPathMatcher}, but a leading {@code **}{@code /} also matches no folder
     */
    static List<Path> files(final Path folder, final String glob) throws IOException {
        final PathMatcher deep = matcher(glob);
        final PathMatcher shallow = matcher(glob.startsWith(ANYWHERE) ? glob.substring(ANYWHERE.length()) : glob);
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .filter(file -> deep.matches(folder.relativize(file)) || shallow.matches(folder.relativize(file)))
                    .sorted()
                    .toList();
        }
    }

    private static PathMatcher matcher(final String glob) {
        return FileSystems.getDefault().getPathMatcher("glob:" + glob);
    }
}
