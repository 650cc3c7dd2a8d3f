// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.reports.siuss;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * A flow of benefits for upload to INPS's web application, in the format of the schema PS_PSA_SINA201812 (namespace {@code http://inps.it/Casellario}), that INPS publishes with
 * WaaS.Comuni. Each benefit is an occasional one ({@code CaratterePrestazione} 2) with one date and one amount. The same input is the same bytes. Stateless.
 */
final class FlowFile {
    private static final String NAMESPACE = "http://inps.it/Casellario";
    private static final String ITALY = "380";
    private static final String MALE = "1";
    private static final String FEMALE = "2";
    private static final int NAME_MAX = 36;

    private FlowFile() {}

    /**
     * @param name of the flow
     * @param remark stands above everything, for who keeps the file; INPS skips it
     * @param lines at least one, the schema wants it
     */
    static byte[] of(String name, String remark, FlowTerms terms, List<Line> lines) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(bytes, "UTF-8");
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeComment(remark);
            xml.writeStartElement("Flusso");
            xml.writeDefaultNamespace(NAMESPACE);
            xml.writeStartElement("IdentificazioneFlusso");
            xml.writeAttribute("Nome", name);
            xml.writeEmptyElement("Ente");
            xml.writeAttribute("Codice", terms.entityCode());
            xml.writeAttribute("Denominazione", terms.entityName());
            xml.writeAttribute("Indirizzo", terms.seat());
            xml.writeAttribute("CFOperatore", terms.operatorTaxCode());
            xml.writeEndElement();
            for (Line line : lines) {
                person(xml, terms, line);
            }
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a stream in memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    private static void person(XMLStreamWriter xml, FlowTerms terms, Line line) throws XMLStreamException {
        Beneficiary person = line.beneficiary();
        xml.writeStartElement("Beneficiario");
        xml.writeAttribute("CodiceFiscale", person.taxCode());
        xml.writeEmptyElement("Anagrafica");
        xml.writeAttribute("Cognome", name(person.familyName()));
        xml.writeAttribute("Nome", name(person.givenName()));
        xml.writeAttribute("AnnoNascita", "%04d".formatted(person.birthYear()));
        xml.writeAttribute("LuogoNascita", person.birthPlace());
        xml.writeAttribute("Genere", person.isFemale() ? FEMALE : MALE);
        xml.writeAttribute("CodiceCittadinanza", terms.citizenship());
        xml.writeEmptyElement("Indirizzo");
        xml.writeAttribute("CodiceRegione", terms.region());
        xml.writeAttribute("CodiceComune", terms.municipality());
        xml.writeAttribute("CodiceNazione", ITALY);
        benefit(xml, terms, line);
        xml.writeEndElement();
    }

    private static void benefit(XMLStreamWriter xml, FlowTerms terms, Line line) throws XMLStreamException {
        xml.writeEmptyElement("PrestazioniSociali");
        xml.writeAttribute("TipoOperazione", "I");
        xml.writeAttribute("PresenzaProvaMezzi", terms.meansTest());
        xml.writeAttribute("CaratterePrestazione", "2");
        xml.writeAttribute("CodicePrestazione", terms.benefitCode());
        xml.writeAttribute("DenominazionePrestazione", terms.benefitName());
        xml.writeAttribute("ProtocolloDomanda", line.protocol());
        xml.writeAttribute("DataErogazionePrestazione", line.benefit().day().toString());
        xml.writeAttribute("ImportoPrestazione", euro(line.benefit().cents()));
        if (terms.iseeThresholdCents() != null) {
            xml.writeAttribute("ImportoSogliaISEE", euro(Objects.requireNonNull(terms.iseeThresholdCents())));
        }
        xml.writeAttribute("PresaCarico", terms.takenInCharge());
        if (terms.area() != null) {
            xml.writeAttribute("AreaUtenza", terms.area());
        }
    }

    private static String name(String text) {
        return text.length() <= NAME_MAX ? text : text.substring(0, NAME_MAX);
    }

    private static String euro(long cents) {
        return BigDecimal.valueOf(cents, 2).toPlainString();
    }
}
