package dev.maar.agent.build;

import dev.maar.agent.job.AdopterRecipe;
import dev.maar.agent.job.AdopterRecipe.Resources;
import dev.maar.agent.job.AdopterRecipe.Timeouts;
import dev.maar.agent.job.Side;
import dev.maar.agent.job.SideName;
import dev.maar.agent.job.SubjectRecipe;
import dev.maar.agent.sandbox.Reaper;
import dev.maar.agent.source.GitSource;
import dev.maar.agent.source.Jdks;
import dev.maar.agent.source.ScratchSpace;
import dev.maar.agent.source.SideSpec;
import dev.maar.agent.source.Snapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A small subject in a git repository, made when it is not there yet, and what is needed to build it and its adopters. */
final class Demo implements AutoCloseable {

    static final Timeouts TIMEOUTS = new Timeouts(300_000, 300_000, 300_000);

    final Path folder;
    final Path repository;
    final List<String> begun = new CopyOnWriteArrayList<>();
    final Reaper reaper;
    final ScratchSpace scratch;
    final BuildContext context;
    final GitSource source;

    /** With a Maven repository that holds what the user's does. */
    Demo(final Path folder) throws Exception {
        this(folder, UserRepository.find(Path.of(System.getProperty("user.home"))));
    }

    Demo(final Path folder, final Optional<Path> userRepository) throws Exception {
        this.folder = folder;
        this.repository = folder.resolve("repository");
        final Path cache = folder.resolve("cache");
        if (!Files.exists(repository)) {
            makeRepository();
        }
        reaper = Reaper.start();
        scratch = ScratchSpace.open(folder.resolve("scratch"));
        context = BuildContext.open(
                new BuildSettings(
                        cache,
                        Path.of("jig/target/classes").toAbsolutePath(),
                        userRepository,
                        "mvn",
                        Path.of(System.getProperty("java.home")),
                        TIMEOUTS),
                reaper,
                begun::add);
        source = GitSource.open(repository, cache, scratch, Jdks.ofThisMachine());
    }

    private void makeRepository() throws Exception {
        write("repository/pom.xml", ROOT_POM);
        write("repository/channel/pom.xml", CHANNEL_POM);
        write("repository/wire/pom.xml", modulePom("wire"));
        write(
                "repository/wire/src/main/java/org/demo/Wire.java",
                "package org.demo; public interface Wire { int WIDTH = 8; }");
        write("repository/tools/pom.xml", modulePom("tools"));
        write("repository/tools/src/main/java/Tool.java", "does not compile, and need not");
        write("repository/channel/src/main/java/org/demo/Channel.java", channel("tryPublish"));
        write("repository/docs/readme.txt", "one");
        git("init", "-q", "-b", "main");
        commit("first");
    }

    private static String modulePom(final String name) {
        return CHANNEL_POM.replaceAll("(?s)<dependencies>.*</dependencies>", "").replace(">channel<", ">" + name + "<");
    }

    static String channel(final String method) {
        return """
                package org.demo;
                /** Carries numbers. */
                public final class Channel implements Wire {
                    private long last;
                    public boolean METHOD(long value) { last = value; return true; }
                    public long last() { return last; }
                }
                """.replace("METHOD", method);
    }

    SubjectRecipe subject() {
        return new SubjectRecipe(
                "demo",
                "org.demo:channel",
                repository.toString(),
                new SubjectRecipe.Maven("channel", List.of()),
                List.of());
    }

    Side side(final SideName name, final String spec) throws Exception {
        return source.resolve(name, SideSpec.parse(spec));
    }

    AdopterRecipe adopter(final String name, final AdopterRecipe.Build build, final AdopterRecipe.Test test)
            throws Exception {
        final Snapshot snapshot = Snapshot.of(folder.resolve(name), scratch.fresh(name));
        return new AdopterRecipe(
                name,
                snapshot.directory().toString(),
                snapshot.contentSha256(),
                build,
                test,
                List.of(),
                TIMEOUTS,
                new Resources(1 << 28, 64));
    }

    void write(final String file, final String text) throws IOException {
        final Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text, StandardCharsets.UTF_8);
    }

    void commit(final String message) throws Exception {
        git("add", "-A");
        git("-c", "user.name=T", "-c", "user.email=t@example.org", "commit", "-q", "-m", message);
    }

    void git(final String... arguments) throws Exception {
        final List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        final Process process = new ProcessBuilder(command)
                .directory(repository.toFile())
                .inheritIO()
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("git " + command);
        }
    }

    @Override
    public void close() throws Exception {
        scratch.close();
        reaper.close();
    }

    static final String PLUGINS = """
            <plugin><artifactId>maven-compiler-plugin</artifactId><version>3.16.0</version></plugin>
            <plugin><artifactId>maven-resources-plugin</artifactId><version>3.3.1</version></plugin>
            <plugin><artifactId>maven-surefire-plugin</artifactId><version>3.6.1</version></plugin>
            <plugin><artifactId>maven-jar-plugin</artifactId><version>3.4.2</version></plugin>
            """;

    private static final String ROOT_POM = """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <groupId>org.demo</groupId><artifactId>demo</artifactId><version>1.0-SNAPSHOT</version>
              <packaging>pom</packaging>
              <modules><module>wire</module><module>channel</module><module>tools</module></modules>
              <properties>
                <maven.compiler.release>17</maven.compiler.release>
                <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
              </properties>
              <build><pluginManagement><plugins>%s</plugins></pluginManagement></build>
            </project>
            """.formatted(PLUGINS);

    private static final String CHANNEL_POM = """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <parent><groupId>org.demo</groupId><artifactId>demo</artifactId><version>1.0-SNAPSHOT</version></parent>
              <artifactId>channel</artifactId>
              <dependencies>
                <dependency><groupId>org.demo</groupId><artifactId>wire</artifactId><version>${project.version}</version></dependency>
              </dependencies>
            </project>
            """;

    static final String ADOPTER_POM = """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <groupId>org.app</groupId><artifactId>app</artifactId><version>1</version>
              <properties>
                <maven.compiler.release>17</maven.compiler.release>
                <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
                <channel.version>0</channel.version><maar-jig.version>0</maar-jig.version>
              </properties>
              <dependencies>
                <dependency><groupId>org.demo</groupId><artifactId>channel</artifactId><version>${channel.version}</version></dependency>
                <dependency><groupId>dev.maar</groupId><artifactId>jig</artifactId><version>${maar-jig.version}</version></dependency>
                <dependency><groupId>org.junit.jupiter</groupId><artifactId>junit-jupiter</artifactId><version>6.1.3</version><scope>test</scope></dependency>
              </dependencies>
              <build><pluginManagement><plugins>%s</plugins></pluginManagement></build>
            </project>
            """.formatted(PLUGINS);
}
