package dev.maar.agent.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maar.agent.job.SideName;
import dev.maar.agent.job.SubjectRecipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which edits make a subject another one. */
class SubjectContentTest {

    @TempDir
    Path folder;

    private Demo demo;

    @BeforeEach
    void prepare() throws Exception {
        demo = new Demo(folder.toRealPath(), Optional.empty());
    }

    @AfterEach
    void close() throws Exception {
        demo.close();
    }

    @Test
    void theModuleItsReactorDependenciesTheirParentsAndMavensSettingsCountAndNothingElse() throws Exception {
        assertThat(changes("docs/readme.txt")).isFalse();
        assertThat(changes("tools/src/main/java/Tool.java")).isFalse();
        assertThat(changes("channel/src/main/java/org/demo/Channel.java")).isTrue();
        assertThat(changes("wire/src/main/java/org/demo/Wire.java")).isTrue();
        assertThat(changes("pom.xml")).isTrue();
        assertThat(changes(".mvn/maven.config")).isTrue();
    }

    @Test
    void aBuildThatLooksOutsideItsFoldersDependsOnTheWholeTree() throws Exception {
        demo.write(
                "repository/channel/pom.xml",
                read("channel/pom.xml")
                        .replace(
                                "<dependencies>",
                                "<build><resources><resource><directory>../docs</directory></resource></resources></build><dependencies>"));

        assertThat(changes("docs/readme.txt")).isTrue();
    }

    @Test
    void aModuleThatHoldsALinkDependsOnTheWholeTree() throws Exception {
        Files.createSymbolicLink(demo.repository.resolve("channel/readme.txt"), Path.of("../docs/readme.txt"));

        assertThat(changes("docs/readme.txt")).isTrue();
    }

    @Test
    void aModuleThatIsNotOfTheReactorDependsOnTheWholeTree() throws Exception {
        assertThat(changes(new SubjectRecipe.Maven("docs", List.of()), "tools/x"))
                .isTrue();
        assertThat(changes(new SubjectRecipe.Maven(".", List.of()), "docs/readme.txt"))
                .isTrue();
        assertThat(changes(new SubjectRecipe.None(), "docs/readme.txt")).isTrue();
    }

    private boolean changes(final String file) throws Exception {
        return changes(demo.subject().build(), file);
    }

    /** Whether an edit of a file changes what the build depends on. */
    private boolean changes(final SubjectRecipe.Build build, final String file) throws Exception {
        final String before = content(build);
        final String old = Files.exists(demo.repository.resolve(file)) ? read(file) : "";
        demo.write("repository/" + file, old + "\n");
        return !content(build).equals(before);
    }

    private String content(final SubjectRecipe.Build build) throws Exception {
        return SubjectContent.of(build, demo.side(SideName.B, "CURRENT").tree(), demo.source);
    }

    private String read(final String file) throws Exception {
        return Files.readString(demo.repository.resolve(file));
    }
}
