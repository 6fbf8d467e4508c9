package dev.maar.agent.source;

import dev.maar.agent.job.Side;
import dev.maar.agent.job.SideName;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A subject without a source: its sides are versions that were published. Immutable. */
public final class PublishedSource implements SideSource {

    /** Names that Maven resolves anew each time. */
    private static final Set<String> MOVING = Set.of("latest", "release");

    private final String subject;
    private final Jdks jdks;

    /**
     * A source of published versions.
     *
     * @param subject the subject's name, for messages
     * @param jdks where {@code +jdk=} looks
     */
    public PublishedSource(final String subject, final Jdks jdks) {
        this.subject = subject;
        this.jdks = jdks;
    }

    @Override
    public Side resolve(final SideName name, final SideSpec spec) throws SourceException {
        if (spec.base() instanceof final SideSpec.Release release) {
            return published(name, spec, release, jdks);
        }
        throw new SourceException(
                "side '" + spec.text() + "': subject " + subject
                        + " has no source, only published versions. Say which two with --a release:VERSION --b release:VERSION.");
    }

    @Override
    public SideSpec defaultA() throws SourceException {
        throw new SourceException(
                "subject " + subject
                        + " has no source to take a default side from. Say which versions with --a release:VERSION --b release:VERSION.");
    }

    @Override
    public String location() {
        return "";
    }

    /** The side of a published version; a version that moves is refused. */
    static Side published(final SideName name, final SideSpec spec, final SideSpec.Release release, final Jdks jdks)
            throws SourceException {
        final String version = release.version();
        if (MOVING.contains(version.toLowerCase(Locale.ROOT))
                || version.endsWith("-SNAPSHOT")
                || !version.matches("[A-Za-z0-9_][A-Za-z0-9_.+-]*")) {
            throw new SourceException("side '" + spec.text() + "': '" + version
                    + "' is not one published version; write a plain one, such as release:1.2.3.");
        }
        if (!spec.patches().isEmpty()) {
            throw new SourceException("side '" + spec.text()
                    + "': a published version can not be patched. Use the release's tag instead of release:.");
        }
        final String jdk =
                spec.jdk().isEmpty() ? "" : jdks.find(spec.jdk().get()).toString();
        return new Side(
                name, spec.text(), "", Side.releaseTree(version), false, jdk, spec.jvmArgs(), spec.env(), List.of());
    }
}
