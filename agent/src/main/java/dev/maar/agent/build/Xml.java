package dev.maar.agent.build;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** Reads XML that others wrote: no document types, so no external entities and no entity bombs; nothing is fetched. */
final class Xml {

    private Xml() {}

    /** Reads a document; throws {@link IOException} when it is not one, or has a document type. */
    static Document parse(final byte[] content) throws IOException {
        try {
            final DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            final DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new Strict());
            return builder.parse(new ByteArrayInputStream(content));
        } catch (final ParserConfigurationException e) {
            throw new IllegalStateException("the JDK's XML parser lacks a feature that it documents", e);
        } catch (final SAXException e) {
            throw new IOException("not XML that can be read: " + e.getMessage(), e);
        }
    }

    static byte[] write(final Document document) throws IOException {
        try {
            final TransformerFactory factory = TransformerFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            final Transformer transformer = factory.newTransformer();
            transformer.setOutputProperty(OutputKeys.ENCODING, "UTF-8");
            final ByteArrayOutputStream out = new ByteArrayOutputStream();
            transformer.transform(new DOMSource(document), new StreamResult(out));
            return out.toByteArray();
        } catch (final TransformerException e) {
            throw new IOException("XML can not be written", e);
        }
    }

    /** The child elements with a name, or all of them for {@code *}. */
    static List<Element> children(final Element parent, final String name) {
        final List<Element> found = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && (name.equals("*") || name.equals(element.getTagName()))) {
                found.add(element);
            }
        }
        return found;
    }

    /** An element with all that it holds, without comments and white space between elements. */
    static String flat(final Element element) {
        final List<Element> children = children(element, "*");
        if (children.isEmpty()) {
            return element.getTagName() + "=" + element.getTextContent().strip() + ";";
        }
        final StringBuilder text = new StringBuilder(element.getTagName()).append('{');
        children.forEach(child -> text.append(flat(child)));
        return text.append('}').toString();
    }

    static Optional<Element> child(final Element parent, final String name) {
        return children(parent, name).stream().findFirst();
    }

    /** The trimmed text of a child element; empty when there is none. */
    static String text(final Element parent, final String name) {
        return child(parent, name)
                .map(element -> element.getTextContent().strip())
                .orElse("");
    }

    /** Throws instead of printing to standard error. */
    private static final class Strict implements ErrorHandler {

        @Override
        public void warning(final SAXParseException e) {
            // A warning leaves the document readable.
        }

        @Override
        public void error(final SAXParseException e) throws SAXException {
            throw e;
        }

        @Override
        public void fatalError(final SAXParseException e) throws SAXException {
            throw e;
        }
    }
}
