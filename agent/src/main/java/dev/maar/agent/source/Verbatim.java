package dev.maar.agent.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A bare repository that changes no byte of a file on its way in or out, whatever attributes the files bring. */
final class Verbatim {

    private static final String ATTRIBUTES = "* -text -eol -filter -ident -working-tree-encoding\n";

    private Verbatim() {}

    /** Makes one, in a folder that is not there yet. */
    static void repository(final Path folder) throws IOException, InterruptedException, SourceException {
        Files.createDirectories(folder);
        Git.in(folder).tell("init", "--quiet", "--bare");
        Files.createDirectories(folder.resolve("info"));
        // The one place whose attributes nothing overrides.
        Files.writeString(folder.resolve("info/attributes"), ATTRIBUTES);
    }
}
