package dev.maar.agent.fork;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HarnessClassesTest {

    @TempDir
    Path folder;

    private Path jar(final String... entries) throws IOException {
        final Path file = folder.resolve("farm.jar");
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out)) {
            for (final String entry : entries) {
                jar.putNextEntry(new JarEntry(entry));
                jar.write(entry.length());
            }
        }
        return file;
    }

    @Test
    void ourOwnHarnessIsFound() throws Exception {
        assertThat(HarnessClasses.locate(folder)).exists();
    }

    @Test
    void aJarOfTheHarnessAloneIsUsedAsItIs() throws Exception {
        final Path jar = jar("META-INF/x.txt", "dev/maar/jig/Jig.class", "dev/maar/jig/harness/ForkMain.class");

        assertThat(HarnessClasses.alone(jar, folder)).isEqualTo(jar);
    }

    @Test
    void outOfAJarOfTheWholeFarmOnlyTheHarnessIsTaken() throws Exception {
        final Path copy = HarnessClasses.alone(
                jar("dev/maar/jig/Jig.class", "com/fasterxml/Json.class", "dev/maar/agent/Agent.class"), folder);

        try (JarFile entries = new JarFile(copy.toFile())) {
            assertThat(entries.stream().map(JarEntry::getName)).containsExactly("dev/maar/jig/Jig.class");
        }
    }
}
