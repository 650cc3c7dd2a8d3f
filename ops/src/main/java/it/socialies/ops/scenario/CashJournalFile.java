// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.scenario;

import java.io.StringWriter;
import java.time.LocalDate;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** A <i>giornale di cassa</i> as a treasurer's bank writes it, of what is read of it; wages are among it, as in every bank's. Stateless. */
final class CashJournalFile {
    private static final String WAGES = "9001";

    private CashJournalFile() {}

    /** These mandates were paid. */
    static String executed(List<Mandates.Mandate> mandates, LocalDate day) {
        return file(mandates, "ESEGUITO", day);
    }

    /** These payments were taken back. */
    static String reversed(List<Mandates.Mandate> mandates, LocalDate day) {
        return file(mandates, "STORNATO", day);
    }

    private static String file(List<Mandates.Mandate> mandates, String operation, LocalDate day) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("flusso_giornale_di_cassa");
            element(xml, "esercizio", mandates.getFirst().year());
            xml.writeStartElement("informazioni_conto_evidenza");
            movement(xml, "ESEGUITO", WAGES, "48211.07", "STIPENDI", day);
            for (Mandates.Mandate each : mandates) {
                movement(xml, operation, Integer.toString(each.number()), each.euro('.'), each.beneficiary(), day);
            }
            xml.writeEndElement();
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
        return text.toString();
    }

    private static void movement(
            XMLStreamWriter xml, String operation, String number, String amount, String name, LocalDate day)
            throws XMLStreamException {
        xml.writeStartElement("movimento_conto_evidenza");
        element(xml, "tipo_movimento", "USCITA");
        element(xml, "tipo_documento", "MANDATO");
        element(xml, "tipo_operazione", operation);
        element(xml, "numero_documento", number);
        element(xml, "progressivo_documento", "1");
        element(xml, "importo", amount);
        element(xml, "data_movimento", day.toString());
        xml.writeStartElement("cliente");
        element(xml, "anagrafica_cliente", name);
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private static void element(XMLStreamWriter xml, String name, String text) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }
}
