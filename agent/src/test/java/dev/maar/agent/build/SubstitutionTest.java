package dev.maar.agent.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class SubstitutionTest {

    private static final String LIBRARY = "<groupId>org.demo</groupId><artifactId>lib</artifactId>";
    private static final String MANAGED = "<dependencyManagement><dependencies><dependency>" + LIBRARY
            + "<version>SIDE</version></dependency></dependencies></dependencyManagement>";

    @Test
    void aLiteralVersionIsReplacedAndOthersAreNot() throws IOException {
        final String rewritten = rewritten("<dependencies><dependency>" + LIBRARY + "<version>1</version></dependency>"
                + "<dependency><groupId>org.demo</groupId><artifactId>other</artifactId><version>1</version></dependency>"
                + "</dependencies>");

        assertThat(rewritten)
                .contains(LIBRARY + "<version>SIDE</version>")
                .contains("<artifactId>other</artifactId><version>1</version>");
    }

    @Test
    void soAreThoseOfProfilesAndWhatIsManaged() throws IOException {
        final String rewritten = rewritten("<profiles><profile><dependencies><dependency>" + LIBRARY
                + "<version>1</version></dependency></dependencies></profile></profiles>"
                + MANAGED.replace("SIDE", "${lib.version}"));

        assertThat(rewritten).doesNotContain("<version>1</version>").doesNotContain("lib.version");
        assertThat(rewritten.split("<version>SIDE</version>", -1)).hasSize(3);
    }

    @Test
    void whatComesFromAParentOrAnotherLibraryIsManaged() throws IOException {
        assertThat(rewritten("<dependencies><dependency>" + LIBRARY + "</dependency></dependencies>"))
                .contains(MANAGED)
                .contains("<dependency>" + LIBRARY + "</dependency>");
    }

    @Test
    void aPomThatIsNoXmlIsRefused() {
        assertThatThrownBy(() -> new Substitution("org.demo:lib", "SIDE")
                        .rewritten("<project>".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class);
    }

    private static String rewritten(final String content) throws IOException {
        final String pom = "<project xmlns=\"http://maven.apache.org/POM/4.0.0\">" + content + "</project>";
        return new String(
                new Substitution("org.demo:lib", "SIDE").rewritten(pom.getBytes(StandardCharsets.UTF_8)),
                StandardCharsets.UTF_8);
    }
}
