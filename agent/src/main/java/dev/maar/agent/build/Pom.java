package dev.maar.agent.build;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** A flattened POM: no parent, no property, every version written out. */
final class Pom {

    private final Document document;

    private Pom(final Document document) {
        this.document = document;
    }

    static Pom parse(final byte[] content) throws IOException {
        return new Pom(Xml.parse(content));
    }

    /** A POM that says what it depends on and nothing else; coordinates as {@code group:artifact:version}. */
    static String minimal(final String coordinates, final String version, final List<String> dependencies) {
        final StringBuilder text = new StringBuilder("<project xmlns=\"http://maven.apache.org/POM/4.0.0\">\n");
        text.append("  <modelVersion>4.0.0</modelVersion>\n").append(located(coordinates + ":" + version));
        text.append("  <dependencies>\n");
        dependencies.forEach(dependency ->
                text.append("    <dependency>").append(located(dependency)).append("</dependency>\n"));
        return text.append("  </dependencies>\n</project>\n").toString();
    }

    /** {@code group:artifact}. */
    String coordinates() {
        return Xml.text(root(), "groupId") + ":" + Xml.text(root(), "artifactId");
    }

    String artifactId() {
        return Xml.text(root(), "artifactId");
    }

    String version() {
        return Xml.text(root(), "version");
    }

    /** What it depends on, as {@code group:artifact}. */
    List<String> dependencies() {
        return dependencyElements().stream().map(Pom::coordinatesOf).toList();
    }

    /**
     * What it asks Maven for, beyond itself: its dependencies but for those of its tests, and, where those do not say all themselves, what
     * they take from elsewhere.
     */
    String needs() {
        final StringBuilder text = new StringBuilder();
        boolean plain = true;
        for (final Element dependency : dependencyElements()) {
            if (!Xml.text(dependency, "scope").equals("test")) {
                final String flat = Xml.flat(dependency);
                text.append(flat).append('\n');
                plain &=
                        !flat.contains("${") && !Xml.text(dependency, "version").isEmpty();
            }
        }
        if (!plain) {
            for (final String elsewhere : List.of("parent", "version", "properties", "dependencyManagement")) {
                Xml.child(root(), elsewhere).map(Xml::flat).ifPresent(text::append);
            }
        }
        return text.toString();
    }

    /** The POM as bytes with its own version, and its dependencies' versions where the map has them, replaced. */
    byte[] with(final String version, final Map<String, String> dependencyVersions) throws IOException {
        setVersion(root(), version);
        for (final Element dependency : dependencyElements()) {
            final String replaced = dependencyVersions.get(coordinatesOf(dependency));
            if (replaced != null) {
                setVersion(dependency, replaced);
            }
        }
        return Xml.write(document);
    }

    private List<Element> dependencyElements() {
        return Xml.child(root(), "dependencies")
                .map(list -> Xml.children(list, "dependency"))
                .orElse(List.of());
    }

    private static void setVersion(final Element of, final String version) {
        Xml.child(of, "version").ifPresent(element -> element.setTextContent(version));
    }

    private static String coordinatesOf(final Element dependency) {
        return Xml.text(dependency, "groupId") + ":" + Xml.text(dependency, "artifactId");
    }

    private Element root() {
        return document.getDocumentElement();
    }

    private static String located(final String coordinates) {
        final String[] parts = coordinates.split(":", -1);
        return "<groupId>" + escaped(parts[0]) + "</groupId><artifactId>" + escaped(parts[1]) + "</artifactId><version>"
                + escaped(parts[2]) + "</version>";
    }

    private static String escaped(final String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
