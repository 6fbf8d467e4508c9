package dev.maar.agent.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Gives an adopter that names the subject's version literally (or takes it from a parent, a BOM or another library) the side's: in the
 * farm's own copy of the adopter, every POM that mentions the subject gets the version written in, and every POM manages it. The
 * adopter's repository is not touched. Whether it worked is seen afterwards on the class path.
 */
final class Substitution {

    private final String group;
    private final String artifact;
    private final String version;

    Substitution(final String coordinates, final String version) {
        final int colon = coordinates.indexOf(':');
        this.group = coordinates.substring(0, colon);
        this.artifact = coordinates.substring(colon + 1);
        this.version = version;
    }

    /** Rewrites the POMs of a folder; throws {@link IOException} when one can not be read. */
    void apply(final Path adopter) throws IOException {
        for (final Path pom : Glob.files(adopter, "**/pom.xml")) {
            final Path within = adopter.relativize(pom);
            final boolean ours = within.startsWith(JigSources.FOLDER);
            if (!ours && !within.toString().contains("target/")) {
                try {
                    Files.write(pom, rewritten(Files.readAllBytes(pom)));
                } catch (final IOException e) {
                    throw new IOException(within + ": " + e.getMessage(), e);
                }
            }
        }
    }

    /** A POM's bytes with the side's version. */
    byte[] rewritten(final byte[] pom) throws IOException {
        final Document document = Xml.parse(pom);
        final Element project = document.getDocumentElement();
        if (!project.getTagName().equals("project")) {
            return pom;
        }
        replace(project);
        Xml.child(project, "profiles")
                .map(profiles -> Xml.children(profiles, "profile"))
                .orElse(List.of())
                .forEach(this::replace);
        manage(document, project);
        return Xml.write(document);
    }

    private void replace(final Element owner) {
        Xml.child(owner, "dependencies").ifPresent(this::replaceIn);
        Xml.child(owner, "dependencyManagement")
                .flatMap(management -> Xml.child(management, "dependencies"))
                .ifPresent(this::replaceIn);
    }

    private void replaceIn(final Element dependencies) {
        Xml.children(dependencies, "dependency").stream()
                .filter(this::isSubject)
                .map(dependency -> Xml.child(dependency, "version"))
                .forEach(written -> written.ifPresent(element -> element.setTextContent(version)));
    }

    private boolean isSubject(final Element dependency) {
        return Xml.text(dependency, "groupId").equals(group)
                && Xml.text(dependency, "artifactId").equals(artifact);
    }

    /** What comes from a parent, a BOM or another library has the version that the POM itself manages. */
    private void manage(final Document document, final Element project) {
        final Element management = childOf(document, project, "dependencyManagement");
        final Element dependencies = childOf(document, management, "dependencies");
        final boolean managed = Xml.children(dependencies, "dependency").stream()
                .anyMatch(dependency -> isSubject(dependency)
                        && Xml.text(dependency, "type").isEmpty()
                        && Xml.text(dependency, "classifier").isEmpty());
        if (!managed) {
            final Element dependency = add(document, dependencies, "dependency");
            add(document, dependency, "groupId").setTextContent(group);
            add(document, dependency, "artifactId").setTextContent(artifact);
            add(document, dependency, "version").setTextContent(version);
        }
    }

    private static Element childOf(final Document document, final Element parent, final String name) {
        return Xml.child(parent, name).orElseGet(() -> add(document, parent, name));
    }

    private static Element add(final Document document, final Element parent, final String name) {
        final Element element = document.createElement(name);
        parent.appendChild(element);
        return element;
    }
}
