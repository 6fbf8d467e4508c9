package dev.maar.coordinator.manifest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A git checkout with a folder of manifests in it, for tests. */
final class ManifestFolder {

    static final String SUBJECT = """
            kind: subject
            name: transport-runtime
            artifact: dev.maar:transport-runtime
            source: {path: ..}
            build: {maven: {module: transport-runtime, arguments: [-Dmaar.fast]}}
            jvmArgs: ["--add-opens=java.base/java.nio=ALL-UNNAMED"]
            """;

    static final String ADOPTER = """
            kind: adopter
            name: telemetry-hub
            description: collects readings
            subject: transport-runtime
            source: {path: apps/telemetry-hub}
            build: {maven: {versionProperty: transport-runtime.version}}
            test: {maven: {}}
            jigs:
              - name: fan-in
                class: com.example.FanInJig
                cases: {transport: [local, shm], payloadBytes: [64, 4096]}
              - name: roundtrip
                command: [python3, jig.py, "--dir=${adopter.dir}"]
                cases: {transport: [local, tcp]}
            labels: [streaming]
            owners: ["@someone"]
            timeouts: {build: 10m, test: 90s, silence: 500ms}
            resources: {memory: 512m, processes: 64}
            flaky: [{test: com.example.SlowTest#sometimes, until: 2027-06-30, reason: "waits for a port"}]
            """;

    final Path manifests;

    ManifestFolder(final Path checkout) {
        try {
            Files.createDirectories(checkout.resolve(".git"));
            manifests = checkout.resolve("manifests");
            Files.createDirectories(manifests.resolve("apps/telemetry-hub"));
            Files.createDirectories(manifests.resolve("apps/other"));
            write("transport-runtime.yaml", SUBJECT);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ManifestFolder write(final String file, final String text) {
        try {
            final Path path = manifests.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, text);
            return this;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Manifests load() throws ManifestException {
        return Manifests.load(List.of(manifests));
    }

    /** The problems of the one file, as {@code line: message}. */
    List<String> problemsOf(final String text) {
        write("hub.yaml", text);
        try {
            load();
            return List.of();
        } catch (final ManifestException e) {
            return e.problems().stream()
                    .map(problem -> problem.line() + ": " + problem.message())
                    .toList();
        }
    }
}
