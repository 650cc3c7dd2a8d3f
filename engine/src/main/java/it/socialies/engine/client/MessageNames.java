// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.client;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The words for the messages of the protocol, read from its schema: {@code pay}, {@code query_status}. Immutable. */
public final class MessageNames {
    private static final String SCHEMA = "/protocol/ies-protocol.xml";
    private static final String UNKNOWN = "unknown";

    private final Map<Integer, String> names = new TreeMap<>();

    /** Reads the schema that this engine was built with. */
    public MessageNames() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        try (InputStream in = MessageNames.class.getResourceAsStream(SCHEMA)) {
            XMLStreamReader reader = factory.createXMLStreamReader(in);
            while (reader.hasNext()) {
                if (reader.next() == XMLStreamConstants.START_ELEMENT
                        && reader.getLocalName().equals("message")) {
                    names.put(
                            Integer.valueOf(reader.getAttributeValue(null, "id")),
                            word(reader.getAttributeValue(null, "name")));
                }
            }
        } catch (IOException | XMLStreamException e) {
            throw new IllegalStateException("the schema " + SCHEMA + " cannot be read", e);
        }
    }

    /** The word for a message; {@code unknown} when the schema has none. */
    public String of(int templateId) {
        return names.getOrDefault(templateId, UNKNOWN);
    }

    private static String word(String name) {
        return name.replaceAll("(?<=.)(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }
}
