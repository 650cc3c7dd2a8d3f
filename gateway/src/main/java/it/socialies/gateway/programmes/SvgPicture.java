// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.programmes;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/**
 * An SVG with nothing in it but shapes: what is written is built from lists of elements and attributes that draw. Scripts, event handlers, pictures, links, animations, style sheets, document types and
 * references to anything outside the file are refused; what editors leave behind in name spaces of their own is left out. Stateless but for the one file it reads.
 */
final class SvgPicture {
    private static final String SVG = "http://www.w3.org/2000/svg";
    private static final String XLINK = "http://www.w3.org/1999/xlink";
    private static final int ELEMENTS_MAX = 5_000;
    private static final int DEPTH_MAX = 32;

    private static final Set<String> ELEMENTS = Set.of(
            "svg",
            "g",
            "defs",
            "title",
            "desc",
            "path",
            "rect",
            "circle",
            "ellipse",
            "line",
            "polyline",
            "polygon",
            "linearGradient",
            "radialGradient",
            "stop",
            "clipPath",
            "mask");

    private static final Set<String> ATTRIBUTES = Set.of(
            "id",
            "d",
            "x",
            "y",
            "x1",
            "y1",
            "x2",
            "y2",
            "cx",
            "cy",
            "r",
            "rx",
            "ry",
            "fx",
            "fy",
            "width",
            "height",
            "viewBox",
            "points",
            "transform",
            "fill",
            "fill-rule",
            "fill-opacity",
            "stroke",
            "stroke-width",
            "stroke-linecap",
            "stroke-linejoin",
            "stroke-miterlimit",
            "stroke-dasharray",
            "stroke-dashoffset",
            "stroke-opacity",
            "opacity",
            "clip-path",
            "clip-rule",
            "clipPathUnits",
            "mask",
            "maskUnits",
            "maskContentUnits",
            "gradientUnits",
            "gradientTransform",
            "spreadMethod",
            "offset",
            "stop-color",
            "stop-opacity",
            "preserveAspectRatio",
            "color",
            "display",
            "visibility");

    /** Elements that editors write and that draw nothing. */
    private static final Set<String> LEFT_OUT = Set.of("metadata");

    private static final Pattern LOCAL = Pattern.compile("#[A-Za-z_][A-Za-z0-9_.-]{0,99}");
    private static final Pattern LOCAL_URL =
            Pattern.compile("url\\(\\s*['\"]?#[A-Za-z_][A-Za-z0-9_.-]{0,99}['\"]?\\s*\\)");

    private final XMLStreamReader in;
    private final XMLStreamWriter out;
    private int elements;
    private int depth;

    private SvgPicture(XMLStreamReader in, XMLStreamWriter out) {
        this.in = in;
        this.out = out;
    }

    /**
     * The picture alone, UTF-8.
     *
     * @throws IllegalArgumentException when it is no SVG, or holds what is refused; the text says which
     */
    static byte[] cleaned(byte[] bytes) {
        XMLInputFactory input = XMLInputFactory.newDefaultFactory();
        input.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        input.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        input.setProperty(XMLInputFactory.IS_COALESCING, true);
        ByteArrayOutputStream written = new ByteArrayOutputStream(bytes.length);
        try {
            XMLStreamReader in = input.createXMLStreamReader(new ByteArrayInputStream(bytes));
            XMLStreamWriter out =
                    XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(written, StandardCharsets.UTF_8.name());
            new SvgPicture(in, out).copy();
            out.flush();
        } catch (XMLStreamException e) {
            throw new IllegalArgumentException("A logo is a PNG or an SVG.", e);
        }
        return written.toByteArray();
    }

    private void copy() throws XMLStreamException {
        boolean isPicture = false;
        while (in.hasNext()) {
            switch (in.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    isPicture |= in.getLocalName().equals("svg");
                    start(isPicture);
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    out.writeEndElement();
                    depth--;
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                    if (!in.isWhiteSpace()) {
                        out.writeCharacters(in.getText());
                    }
                }
                case XMLStreamConstants.DTD,
                        XMLStreamConstants.ENTITY_REFERENCE,
                        XMLStreamConstants.PROCESSING_INSTRUCTION -> refuse("document types and instructions");
                default -> {
                    // Comments, and the end.
                }
            }
        }
    }

    private void start(boolean isPicture) throws XMLStreamException {
        String name = in.getLocalName();
        boolean isForeign = !SVG.equals(in.getNamespaceURI());
        if (!isPicture || (depth == 0 && (isForeign || !name.equals("svg")))) {
            throw new IllegalArgumentException("A logo is a PNG or an SVG.");
        }
        if (isForeign || LEFT_OUT.contains(name)) {
            skip();
            return;
        }
        if (!ELEMENTS.contains(name)) {
            refuse("the element " + name);
        }
        if (++elements > ELEMENTS_MAX || ++depth > DEPTH_MAX) {
            refuse("so many elements");
        }
        out.writeStartElement(name);
        if (depth == 1) {
            out.writeDefaultNamespace(SVG);
        }
        Map<String, String> kept = new LinkedHashMap<>();
        for (int i = 0; i < in.getAttributeCount(); i++) {
            keep(in.getAttributeNamespace(i), in.getAttributeLocalName(i), in.getAttributeValue(i), kept);
        }
        for (Map.Entry<String, String> attribute : kept.entrySet()) {
            out.writeAttribute(attribute.getKey(), attribute.getValue());
        }
    }

    private void skip() throws XMLStreamException {
        for (int open = 1; open > 0; ) {
            int event = in.next();
            open += event == XMLStreamConstants.START_ELEMENT ? 1 : event == XMLStreamConstants.END_ELEMENT ? -1 : 0;
        }
    }

    private static void keep(@Nullable String namespace, String name, String value, Map<String, String> kept) {
        boolean isOwn = namespace == null || namespace.isEmpty();
        if (isOwn && name.toLowerCase(Locale.ROOT).startsWith("on")) {
            refuse("event handlers");
        }
        if (name.equals("href") && (isOwn || XLINK.equals(namespace))) {
            if (!LOCAL.matcher(value).matches()) {
                refuse("references to anything outside");
            }
            kept.put("href", value);
        } else if (isOwn && name.equals("style")) {
            for (String declaration : value.split(";")) {
                requireHarmless(declaration);
                int colon = declaration.indexOf(':');
                String property =
                        colon < 0 ? "" : declaration.substring(0, colon).strip();
                if (ATTRIBUTES.contains(property)) {
                    kept.putIfAbsent(property, declaration.substring(colon + 1).strip());
                }
            }
        } else if (isOwn && ATTRIBUTES.contains(name)) {
            requireHarmless(value);
            kept.putIfAbsent(name, value);
        }
    }

    private static void requireHarmless(String value) {
        String rest = LOCAL_URL.matcher(value).replaceAll("").toLowerCase(Locale.ROOT);
        if (rest.contains("url") || rest.contains("\\") || rest.contains("@") || rest.contains("javascript")) {
            refuse("references to anything outside");
        }
    }

    private static void refuse(String what) {
        throw new IllegalArgumentException("A logo shows shapes only: " + what + " cannot be taken.");
    }
}
