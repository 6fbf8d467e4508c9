package dev.maar.agent.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.maar.agent.jigs.TestJigs;
import dev.maar.agent.job.ForkFailure;
import dev.maar.agent.job.JigRecipe;
import dev.maar.agent.job.SideName;
import dev.maar.agent.measure.TestForks;
import dev.maar.agent.sandbox.Reaper;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What forks attest, held against what their side must be. */
class ProofTest {

    private static final String ENTRY = "subject/marker.txt";
    private static final Duration SILENCE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private Path jar;
    private Path otherJar;

    @BeforeEach
    void makeJars() throws Exception {
        jar = jar("subject-1.jar", "one");
        otherJar = jar("subject-2.jar", "two");
    }

    private Path jar(final String name, final String content) throws Exception {
        final Path file = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream entries = new JarOutputStream(out)) {
            entries.putNextEntry(new JarEntry(ENTRY));
            entries.write(content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        return file;
    }

    private static String sha256(final Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }

    private ForkSpec jvm(final String expected, final Path... classPath) {
        final ForkSpec spec = TestForks.spec(
                SideName.A, new JigRecipe.JvmJig(TestJigs.Steady.class.getName()), Map.of(), folder, Map.of());
        return TestForks.withSubject(spec, List.of(classPath), expected, ENTRY);
    }

    private ForkSpec process(final String expected) {
        final ForkSpec spec =
                TestForks.spec(SideName.A, new JigRecipe.ProcessJig(List.of("true")), Map.of(), folder, Map.of());
        return TestForks.withSubject(spec, List.of(), expected, ENTRY);
    }

    private void setUp(final ForkSpec spec) throws Exception {
        try (Reaper reaper = Reaper.start()) {
            final ScratchSpace space = ScratchSpace.create(folder.resolve("scratch"), reaper);
            try (ScratchSpace.PairScratch scratch = space.fresh();
                    Fork fork = Fork.Starter.of(reaper, space.onDisk()).start(spec, scratch)) {
                fork.setUp(SILENCE);
            }
        }
    }

    @Test
    void aForkThatLoadedItsSidesArtifactIsAccepted() throws Exception {
        setUp(jvm(sha256(jar), TestForks.testClasses(), jar));
    }

    @Test
    void aForkWhoseClassPathHasAnotherArtifactFirstIsAnError() {
        assertThatThrownBy(() -> setUp(jvm(sha256(jar), TestForks.testClasses(), otherJar, jar)))
                .isInstanceOfSatisfying(ForkFailedException.class, e -> {
                    assertThat(e.failure().kind()).isEqualTo(ForkFailure.Kind.ATTESTATION);
                    assertThat(e.failure().reason()).contains("subject-2.jar").contains("its side's has");
                });
    }

    @Test
    void aForkWithoutTheArtifactIsAnError() {
        assertThatThrownBy(() -> setUp(jvm(sha256(jar), TestForks.testClasses())))
                .isInstanceOf(ForkFailedException.class)
                .hasMessageContaining("did not load the subject from a jar")
                .hasMessageContaining(ENTRY);
    }

    @Test
    void aForkThatLoadedTheSubjectFromAFolderIsToldWhere() throws Exception {
        final Path classes = Files.createDirectories(folder.resolve("classes").resolve("subject"));
        Files.writeString(classes.resolve("marker.txt"), "one");

        assertThatThrownBy(() -> setUp(jvm(sha256(jar), TestForks.testClasses(), folder.resolve("classes"), jar)))
                .isInstanceOf(ForkFailedException.class)
                .hasMessageContaining("but from " + folder.resolve("classes").toRealPath());
    }

    @Test
    void aProcessJigMayAttestAHashOrAFile() throws Exception {
        final Proof byHash = new Proof(process(sha256(jar)));
        byHash.add(Map.of("subject", sha256(jar)));
        assertThatCode(byHash::requireSubject).doesNotThrowAnyException();

        final Proof byFile = new Proof(process(sha256(jar)));
        byFile.add(Map.of("subject", "3.9.0", "path", jar.toString()));
        assertThatCode(byFile::requireSubject).doesNotThrowAnyException();
        assertThat(byFile.attestation(1, "x").subjectSha256()).isEqualTo(sha256(jar));
    }

    @Test
    void aProcessJigThatLoadedAnotherFileIsAnError() throws Exception {
        final Proof proof = new Proof(process(sha256(jar)));
        proof.add(Map.of("subject", "3.9.0", "path", otherJar.toString()));

        assertThatThrownBy(proof::requireSubject).hasMessageContaining("subject-2.jar");
    }

    @Test
    void aProcessJigThatAttestsNeitherIsTakenAtItsWord() throws Exception {
        final Proof proof = new Proof(process(sha256(jar)));
        proof.add(Map.of("subject", "3.9.0"));

        assertThatCode(proof::requireSubject).doesNotThrowAnyException();
        assertThat(proof.attestation(1, "x").subjectSha256()).isEmpty();
    }

    @Test
    void aLaterFactReplacesAnEarlierOne() {
        final ForkSpec spec = TestForks.spec(
                SideName.A, new JigRecipe.ProcessJig(List.of("true")), Map.of("transport", "shm"), folder, Map.of());
        final Proof proof = new Proof(spec);
        proof.add(Map.of("transport", "none"));
        assertThatThrownBy(proof::requireTransport).hasMessageContaining("none");
        proof.add(Map.of("transport", "shm"));
        assertThatCode(proof::requireTransport).doesNotThrowAnyException();
    }
}
