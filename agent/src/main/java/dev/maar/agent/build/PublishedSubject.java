package dev.maar.agent.build;

import dev.maar.agent.job.StageStatus;
import dev.maar.agent.source.ContentHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** A subject's published version, fetched by Maven into the farm's own repository. It keeps its version: that never names other bytes. */
final class PublishedSubject {

    private static final String JAR = "subject.jar";
    private static final String POM = "subject.pom";

    private final BuildContext context;

    PublishedSubject(final BuildContext context) {
        this.context = context;
    }

    /** Fetches a version; one that can not be had is the environment's fault, never the side's. */
    Kept fetch(final String artifact, final String version, final Path jdk, final Path home, final String log)
            throws IOException, InterruptedException {
        final String library = artifact + ":" + version;
        final Libraries.Found found = new Libraries(context)
                .find(
                        List.of(library),
                        jdk,
                        home.resolve(log),
                        "release " + library,
                        ProgramRun.limits(
                                "fetching " + library,
                                context.settings().subjectTimeouts().buildMillis(),
                                context.settings().subjectTimeouts().silenceMillis()));
        final ProgramRun.End end = found.end();
        final Path jar = context.repository().jar(artifact, version);
        if (!end.succeeded() || !Files.exists(jar)) {
            final BuildLog said = BuildLog.read(home.resolve(log));
            final String why = end.stopped().isEmpty()
                    ? said.environmentFault(end.exit(), "").orElseGet(() -> said.errors(end.exit()))
                    : end.stopped();
            return Kept.failed(
                    StageStatus.INFRA, "there is no published " + library + " to be had: " + why, end.millis());
        }
        final Path kept = Files.copy(jar, home.resolve(JAR), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(context.repository().pom(artifact, version), home.resolve(POM), StandardCopyOption.REPLACE_EXISTING);
        final String sha256 = ContentHash.ofFile(kept);
        return Kept.passed(
                version,
                sha256,
                Jars.firstClass(kept),
                end.millis(),
                List.of(new Kept.KeptArtifact(artifact, JAR, POM, sha256)));
    }
}
