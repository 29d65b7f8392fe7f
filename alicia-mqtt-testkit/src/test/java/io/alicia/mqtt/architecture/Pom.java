package io.alicia.mqtt.architecture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** A {@code pom.xml}, asked by XPath. */
final class Pom {

    private static final Path ROOT = Path.of("..");

    private final Path file;
    private final Document document;

    private Pom(Path file) {
        this.file = file;
        try {
            document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
        } catch (IOException | SAXException | ParserConfigurationException e) {
            throw new IllegalStateException(file + " is no POM", e);
        }
    }

    static Pom parent() {
        return new Pom(ROOT.resolve("pom.xml"));
    }

    static Pom of(String module) {
        return new Pom(ROOT.resolve(module).resolve("pom.xml"));
    }

    /** The text of each element that {@code expression} selects. */
    List<String> all(String expression) {
        try {
            NodeList nodes = (NodeList)
                    XPathFactory.newInstance().newXPath().evaluate(expression, document, XPathConstants.NODESET);
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < nodes.getLength(); i++) {
                texts.add(nodes.item(i).getTextContent().strip());
            }
            return texts;
        } catch (XPathExpressionException e) {
            throw new IllegalArgumentException(expression, e);
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
