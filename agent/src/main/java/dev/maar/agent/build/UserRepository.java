package dev.maar.agent.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the user's own local Maven repository is. */
final class UserRepository {

    private static final Pattern MOVED = Pattern.compile("<localRepository>\\s*([^<]+?)\\s*</localRepository>");
    private static final Pattern COMMENT = Pattern.compile("<!--.*?-->", Pattern.DOTALL);

    private UserRepository() {}

    /** The folder that {@code ~/.m2/settings.xml} names, if it does so plainly, else {@code ~/.m2/repository}; nothing when not there. */
    static Optional<Path> find(final Path home) {
        final Path standard = home.resolve(".m2/repository");
        return Optional.of(moved(home).orElse(standard)).filter(Files::isDirectory);
    }

    private static Optional<Path> moved(final Path home) {
        final Path settings = home.resolve(".m2/settings.xml");
        if (!Files.isReadable(settings)) {
            return Optional.empty();
        }
        try {
            final Matcher matcher =
                    MOVED.matcher(COMMENT.matcher(Files.readString(settings)).replaceAll(""));
            return matcher.find()
                    ? Optional.of(matcher.group(1).replace("${user.home}", home.toString()))
                            .filter(path -> !path.contains("${"))
                            .map(Path::of)
                    : Optional.empty();
        } catch (final IOException e) {
            // Maven itself will say what is wrong with its settings.
            return Optional.empty();
        }
    }
}
