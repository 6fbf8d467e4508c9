package dev.maar.agent.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AbiTest {

    private static final String SOURCE = """
            package lib;
            public class Lib extends Base implements Runnable {
                public static final int LIMIT = 8;
                private int used;
                public void run() { used++; }
                protected String name(final int of) { return "n" + of; }
                private int secret() { return 1; }
                /*more*/
            }
            abstract class Base {
                public long shared() { return 1; }
            }
            class Helper {
                int help() { return 1; }
            }
            """;

    @TempDir
    private Path folder;

    private int jars;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "used++;|used += 2;",
                "private int secret() { return 1; }|private long other(int x) { return x; }",
                "return 1; }\n}\nclass Helper|return 2; }\n}\nclass Helper",
                "int help()|long help()",
                "public void run|public synchronized void run",
                "/*more*/|private static final int HIDDEN = 9;",
                "return \"n\" + of;|final Runnable r = () -> used++; r.run(); return \"m\" + of;",
            })
    void whatNobodyElseSeesDoesNotCount(final String change) throws Exception {
        final String[] fromTo = change.split("\\|");
        assertThat(abi(SOURCE.replace(fromTo[0], fromTo[1]))).isEqualTo(abi(SOURCE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LIMIT = 8|LIMIT = 9",
                "protected String name(final int|protected String name(final long",
                "public void run|public final void run",
                "/*more*/|public void added() {}",
                "/*more*/|protected int added;",
                "implements Runnable|implements Runnable, java.io.Serializable",
                "public long shared|public int shared",
                "public class Lib|public final class Lib",
                "public long shared() {|public long shared() throws IllegalStateException {",
                "/*more*/|public static class Nested {}",
                "/*more*/|@Deprecated public void old() {}",
            })
    void whatACompilerSeesDoes(final String change) throws Exception {
        final String[] fromTo = change.split("\\|");
        assertThat(abi(SOURCE.replace(fromTo[0], fromTo[1]))).isNotEqualTo(abi(SOURCE));
    }

    @Test
    void whatThePomAsksForCountsButForTests() throws Exception {
        final String dependency =
                "<dependency><groupId>g</groupId><artifactId>a</artifactId><version>1</version>%s</dependency>";

        assertThat(abi(SOURCE, dependency.formatted(""))).isNotEqualTo(abi(SOURCE));
        assertThat(abi(SOURCE, dependency.formatted("<scope>test</scope>"))).isEqualTo(abi(SOURCE));
    }

    private String abi(final String source) throws Exception {
        return abi(source, "");
    }

    private String abi(final String source, final String dependencies) throws Exception {
        final Path place = Files.createDirectories(folder.resolve("jar" + jars++));
        final Path file = Files.writeString(place.resolve("Lib.java"), source);
        final Path classes = Files.createDirectories(place.resolve("classes"));
        final int exit = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-d", classes.toString(), file.toString());
        assertThat(exit).as(source).isZero();
        final String pom = "<project><artifactId>lib</artifactId><version>" + jars + "</version><dependencies>"
                + dependencies + "</dependencies></project>";
        return Abi.of(jar(classes, place.resolve("lib.jar")), pom.getBytes(StandardCharsets.UTF_8));
    }

    private static Path jar(final Path classes, final Path jar) throws Exception {
        final List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(classes)) {
            all.filter(Files::isRegularFile).forEach(files::add);
        }
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream packed = new JarOutputStream(out)) {
            for (final Path file : files) {
                packed.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, packed);
            }
        }
        return jar;
    }
}
