package dev.maar.agent.resident;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A module of two classes, built by a compiler that somebody else called, and then edited. */
final class ResidentModuleTest {

    private static final String NUMBER = """
            package some;
            public final class Number {
                static final int FACTOR = 2;
                public static int of(int x) { return x * FACTOR; }
            }
            """;

    private static final String CALLER = """
            package some;
            public final class Caller {
                public static int call() { return Number.of(21) + Number.FACTOR; }
            }
            """;

    @TempDir
    private Path folder;

    private final ResidentCompiler compiler = ResidentCompiler.ofThisJdk().orElseThrow();
    private ResidentModule module;

    @BeforeEach
    void built() throws IOException {
        write("Number.java", NUMBER);
        write("Caller.java", CALLER);
        module = open("-g", "-parameters");
    }

    @AfterEach
    void close() throws IOException {
        compiler.close();
    }

    @Test
    void makesTheClassesThatTheBuildMade() throws IOException {
        assertThat(module.differsFromBuild()).isEmpty();
        assertThat(open("-g:none").differsFromBuild()).isPresent();
    }

    @Test
    void aBodyIsCompiledAlone() throws Exception {
        final ResidentModule.Update update = edit("Number.java", NUMBER.replace("x * FACTOR", "x * FACTOR + 1"));

        assertThat(update).isEqualTo(new ResidentModule.Update.Compiled(1, false));
        assertThat(called()).isEqualTo(21 * 2 + 1 + 2);
    }

    @Test
    void whatOthersSeeCompilesThemToo() throws Exception {
        final ResidentModule.Update update = edit("Number.java", NUMBER.replace("FACTOR = 2", "FACTOR = 3"));

        assertThat(update).isEqualTo(new ResidentModule.Update.Compiled(2, true));
        assertThat(called()).as("the constant is in the caller's own code").isEqualTo(21 * 3 + 3);
    }

    @Test
    void anErrorIsToldWithItsPlaceAndTheNextEditMendsIt() throws Exception {
        final ResidentModule.Update broken = edit("Number.java", NUMBER.replace("x * FACTOR", "x * NOTHING"));
        assertThat(((ResidentModule.Update.Failed) broken).errors())
                .singleElement()
                .asString()
                .startsWith("some/Number.java:[4,")
                .contains("NOTHING");

        // What is mended without touching the broken file is compiled with it all the same.
        edit("Caller.java", CALLER.replace("+ Number.FACTOR", "+ 5"));
        final ResidentModule.Update mended = edit("Number.java", NUMBER);
        assertThat(mended).isEqualTo(new ResidentModule.Update.Compiled(2, false));
        assertThat(called()).isEqualTo(21 * 2 + 5);
    }

    @Test
    void aMethodThatOthersCallAndIsGoneIsTheirError() throws Exception {
        final ResidentModule.Update update = edit("Number.java", NUMBER.replace("int of(", "int from("));

        assertThat(((ResidentModule.Update.Failed) update).errors())
                .singleElement()
                .asString()
                .startsWith("some/Caller.java:[3,");
    }

    @Test
    void sourcesComeAndGo() throws Exception {
        assertThat(edit("Further.java", "package some; class Further {}"))
                .isEqualTo(new ResidentModule.Update.Compiled(3, true));
        assertThat(module.update(Map.of("some/Further.java", Optional.empty())))
                .isEqualTo(new ResidentModule.Update.Compiled(2, true));
        module.writeJar(folder.resolve("edited.jar"));
        try (java.util.zip.ZipFile jar =
                new java.util.zip.ZipFile(folder.resolve("edited.jar").toFile())) {
            assertThat(jar.getEntry("some/Further.class")).isNull();
            assertThat(jar.getEntry("notes.txt"))
                    .as("what the build put beside the classes")
                    .isNotNull();
        }
    }

    @Test
    void theSameSourcesGiveTheSameBytes() throws Exception {
        final Path before = folder.resolve("before.jar");
        ResidentModule.repack(folder.resolve("built.jar"), before);
        edit("Number.java", NUMBER.replace("x * FACTOR", "FACTOR * x"));
        edit("Number.java", NUMBER + "// the end\n");
        module.writeJar(folder.resolve("after.jar"));

        assertThat(folder.resolve("after.jar")).hasSameBinaryContentAs(before);
    }

    private ResidentModule.Update edit(final String file, final String text) throws IOException {
        return module.update(Map.of("some/" + file, Optional.of(text)));
    }

    private Object called() throws Exception {
        final Path jar = folder.resolve("edited.jar");
        module.writeJar(jar);
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
            return loader.loadClass("some.Caller").getMethod("call").invoke(null);
        }
    }

    private void write(final String file, final String text) throws IOException {
        final Path path = folder.resolve("sources/some").resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private ResidentModule open(final String... flags) throws IOException {
        final Path classes = Files.createTempDirectory(folder, "built");
        final List<String> arguments = Stream.concat(
                        Stream.of(flags),
                        Stream.of(
                                "--release",
                                "17",
                                "-d",
                                classes.toString(),
                                folder.resolve("sources/some/Number.java").toString(),
                                folder.resolve("sources/some/Caller.java").toString()))
                .toList();
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
                .isZero();
        final Map<String, byte[]> entries = new TreeMap<>();
        for (final String name : List.of("Number", "Caller")) {
            entries.put("some/" + name + ".class", Files.readAllBytes(classes.resolve("some/" + name + ".class")));
        }
        entries.put("notes.txt", new byte[] {1});
        final Path jar = folder.resolve("built.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            for (final Map.Entry<String, byte[]> entry : entries.entrySet()) {
                out.putNextEntry(new JarEntry(entry.getKey()));
                out.write(entry.getValue());
            }
        }
        final ResidentModule.Built built = new ResidentModule.Built(folder.resolve("sources"), jar);
        return ResidentModule.of(compiler, built, List.of(), Files.createTempDirectory(folder, "work"))
                .orElseThrow();
    }
}
