package dev.maar.transport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** The media driver's directory when none is named: one for each user of a host, in memory where that can be. */
final class HostDirectory {

    private static final Path MEMORY = Path.of("/dev/shm");
    private static final Path TEMPORARY = Path.of("/tmp");

    /** Belongs to the user who runs this process. */
    private static final Path SELF = Path.of("/proc/self");

    private static final String USER = "unix:uid";

    private HostDirectory() {}

    /**
     * This user's directory.
     *
     * @throws TransportException when it is there and someone else's
     */
    static Path ofThisUser() {
        try {
            final Object user = Files.getAttribute(SELF, USER);
            final Path directory = (Files.isDirectory(MEMORY) ? MEMORY : TEMPORARY).resolve("maar-" + user);
            if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)
                    && !user.equals(Files.getAttribute(directory, USER, LinkOption.NOFOLLOW_LINKS))) {
                throw new TransportException(
                        TransportError.BAD_SETTING,
                        directory + " belongs to another user: name a directory of your own with "
                                + TransportContext.AERON_DIRECTORY_ENV);
            }
            return directory;
        } catch (final IOException failure) {
            throw new TransportException(
                    TransportError.BAD_SETTING,
                    "no directory for the media driver (" + failure + "): name one with "
                            + TransportContext.AERON_DIRECTORY_ENV,
                    failure);
        }
    }
}
