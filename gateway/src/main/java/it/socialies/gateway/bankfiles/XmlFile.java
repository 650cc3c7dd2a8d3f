// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.bankfiles;

import java.io.InputStream;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Walks through an XML file of a stranger, leaf by leaf: no DTD, no entity, nothing from outside. Not for several threads.
 */
final class XmlFile {
    private static final int DEPTH_MAX = 64;
    private static final int TEXT_MAX = 4_096;
    private static final int DATE_LENGTH = 10;

    private final XMLStreamReader xml;
    private final Deque<String> path = new ArrayDeque<>();
    private final StringBuilder text = new StringBuilder();
    private boolean isLeaf;
    private boolean isClosed;

    XmlFile(InputStream input) throws FileFault {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            xml = factory.createXMLStreamReader(input);
        } catch (XMLStreamException e) {
            throw new FileFault(0, 0, "not_xml", "an XML file");
        }
    }

    /** What is met: the beginning of an element, its end, or the end of the file. */
    enum Step {
        BEGIN,
        END,
        DONE
    }

    /** Goes on; after END {@link #name} is still that of the element, and {@link #text} its text when it was a leaf. */
    Step next() throws FileFault {
        if (isClosed) {
            path.pop();
            isClosed = false;
        }
        try {
            while (xml.hasNext()) {
                switch (xml.next()) {
                    case XMLStreamConstants.START_ELEMENT -> {
                        begin();
                        return Step.BEGIN;
                    }
                    case XMLStreamConstants.END_ELEMENT -> {
                        isClosed = true;
                        return Step.END;
                    }
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> add();
                    case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                        throw fault("not_allowed", "a file without document type and entities");
                    default -> {
                        // Comments and processing instructions say nothing.
                    }
                }
            }
            return Step.DONE;
        } catch (XMLStreamException e) {
            throw new FileFault(
                    e.getLocation() == null ? 0 : e.getLocation().getLineNumber(),
                    e.getLocation() == null ? 0 : e.getLocation().getColumnNumber(),
                    "not_xml",
                    "well-formed XML up to its end");
        }
    }

    private void begin() throws FileFault {
        if (path.size() == DEPTH_MAX) {
            throw fault("not_allowed", "at most " + DEPTH_MAX + " elements inside each other");
        }
        path.push(xml.getLocalName());
        text.setLength(0);
        isLeaf = true;
    }

    private void add() throws FileFault {
        if (isLeaf) {
            if (text.length() + xml.getTextLength() > TEXT_MAX) {
                throw fault("too_long", "at most " + TEXT_MAX + " characters");
            }
            text.append(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
        }
    }

    /** Of the element that began or ended. */
    String name() {
        return String.valueOf(path.peek());
    }

    /** Namespace of the element that began; empty when it has none. */
    String namespace() {
        return xml.getNamespaceURI() == null ? "" : xml.getNamespaceURI();
    }

    String attribute(String name) {
        String value = xml.getAttributeValue(null, name);
        return value == null ? "" : value;
    }

    /** Whether the element is inside these, the innermost last. */
    boolean isIn(String... outer) {
        if (path.size() <= outer.length) {
            return false;
        }
        Iterator<String> around = path.iterator();
        around.next();
        for (int i = outer.length - 1; i >= 0; i--) {
            if (!around.next().equals(outer[i])) {
                return false;
            }
        }
        return true;
    }

    int depth() {
        return path.size();
    }

    /** Of the leaf that ended. */
    String text() {
        return text.toString().strip();
    }

    /** Of the leaf that ended: an amount of euro with at most two decimals. */
    long cents() throws FileFault {
        try {
            return new BigDecimal(text()).movePointRight(2).longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            throw fault("amount", "an amount with a decimal point and at most two decimals");
        }
    }

    /** Of the leaf that ended: a date, or a date and time of which the date counts. */
    LocalDate date() throws FileFault {
        try {
            return LocalDate.parse(text().length() > DATE_LENGTH ? text().substring(0, DATE_LENGTH) : text());
        } catch (DateTimeException e) {
            throw fault("date", "a date, YYYY-MM-DD");
        }
    }

    FileFault fault(String code, String detail) {
        return new FileFault(
                xml.getLocation().getLineNumber(), xml.getLocation().getColumnNumber(), code, detail);
    }
}
