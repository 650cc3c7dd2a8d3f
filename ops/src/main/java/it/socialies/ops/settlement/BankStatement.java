// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.settlement;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** A camt.053 of what a bank made of credit transfers, of the little that is read of it. Stateless. */
final class BankStatement {
    private static final String NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08";

    private BankStatement() {}

    /** Writes one entry a payment: paid, or come back. */
    static void write(Path file, Map<String, Long> centsByReference, boolean cameBack, LocalDate day)
            throws IOException {
        try (OutputStream output = Files.newOutputStream(file)) {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(output, "UTF-8");
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("Document");
            xml.writeDefaultNamespace(NAMESPACE);
            xml.writeStartElement("BkToCstmrStmt");
            xml.writeStartElement("Stmt");
            for (Map.Entry<String, Long> each : centsByReference.entrySet()) {
                entry(xml, each.getKey(), each.getValue(), cameBack, day);
            }
            xml.writeEndElement();
            xml.writeEndElement();
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
    }

    private static void entry(XMLStreamWriter xml, String reference, long cents, boolean cameBack, LocalDate day)
            throws XMLStreamException {
        xml.writeStartElement("Ntry");
        xml.writeStartElement("Amt");
        xml.writeAttribute("Ccy", "EUR");
        xml.writeCharacters(cents / 100 + "." + String.format(Locale.ROOT, "%02d", cents % 100));
        xml.writeEndElement();
        leaf(xml, "CdtDbtInd", cameBack ? "CRDT" : "DBIT");
        xml.writeStartElement("Sts");
        leaf(xml, "Cd", "BOOK");
        xml.writeEndElement();
        xml.writeStartElement("BookgDt");
        leaf(xml, "Dt", day.toString());
        xml.writeEndElement();
        xml.writeStartElement("NtryDtls");
        xml.writeStartElement("TxDtls");
        xml.writeStartElement("Refs");
        leaf(xml, "EndToEndId", reference);
        xml.writeEndElement();
        if (cameBack) {
            xml.writeStartElement("RtrInf");
            xml.writeStartElement("Rsn");
            leaf(xml, "Cd", "AC04");
            xml.writeEndElement();
            xml.writeEndElement();
        }
        xml.writeEndElement();
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private static void leaf(XMLStreamWriter xml, String name, String text) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }
}
