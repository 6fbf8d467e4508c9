package dev.maar.agent.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MavenFetchTest {

    @Test
    void whatMavenLacksIsReadFromItsLog() {
        final BuildLog log = BuildLog.of("""
                [INFO] BUILD FAILURE
                [ERROR] Failed to execute goal on project x: Could not resolve dependencies for project a:b:jar:1
                [ERROR] The following artifacts could not be resolved: org.a:one:jar:1.0, org.a:two:jar:tests:2.0: Cannot access central (https://repo.example.org:443/maven2) in offline mode and the artifact org.a:one:jar:1.0 has not been downloaded from it before. -> [Help 1]
                [ERROR] Plugin org.p:plugin:3.0 or one of its dependencies could not be resolved: Cannot access central (https://repo.example.org/maven2) in offline mode and the artifact org.p:plugin:pom:3.0 has not been downloaded from it before.
                """);
        assertThat(MavenFetch.missing(log))
                .contains("org.a:one:jar:1.0", "org.a:two:jar:tests:2.0", "org.p:plugin:pom:3.0");
    }

    @Test
    void aStepWithTheNetworkIsToldWhatIsNeededAndNothingThatBringsCodeAlong() {
        assertThat(MavenFetch.options(List.of(
                        "-Dlib.version=1.2",
                        "-Pfast",
                        "-pl",
                        "core",
                        "-Dmaven.ext.class.path=evil.jar",
                        "--file=/elsewhere/pom.xml",
                        "-f",
                        "other.xml",
                        "-s",
                        "settings.xml",
                        "verify")))
                .containsExactly("-Dlib.version=1.2", "-Pfast", "-pl", "core");
    }

    @Test
    void extensionsAreSeenHoweverTheyAreWritten() {
        assertThat(MavenFetch.bringsExtensions("<plugin><extensions>true</extensions></plugin>"))
                .isTrue();
        assertThat(MavenFetch.bringsExtensions("<build><extensions\n><extension  ></extension></extensions></build>"))
                .isTrue();
        assertThat(MavenFetch.bringsExtensions("<artifactId>my-extension</artifactId>"))
                .isFalse();
    }

    @Test
    void settingsLoseTheirPasswordsAndKeepTheirMirrors() {
        assertThat(MavenFetch.withoutSecrets("<settings><servers><server><password>a</password></server></servers>"
                        + "<proxies><proxy><host>h</host><password>b</password></proxy></proxies>"
                        + "<mirrors><mirror/></mirrors></settings>"))
                .isEqualTo("<settings><proxies><proxy><host>h</host></proxy></proxies>"
                        + "<mirrors><mirror/></mirrors></settings>");
    }

    @Test
    void aLogThatDoesNotSpeakOfBeingOfflineLacksNothing() {
        assertThat(MavenFetch.missing(BuildLog.of("[ERROR] Foo.java:[3,4] cannot find symbol")))
                .isEmpty();
    }
}
