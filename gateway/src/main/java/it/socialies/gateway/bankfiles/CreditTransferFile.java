// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.bankfiles;

import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/**
 * A file of SEPA credit transfers of one debtor and one day. The same input is the same bytes.
 *
 * <p>{@link Variant#ISO} is ISO 20022 pain.001.001.09 within the EPC's rules (EPC132-08). {@link Variant#CBI} is the message CBIPaymentRequest.00.04.01 of the Italian banks' CBI: the same elements in a namespace of its own, the initiator known
 * by its CUC and the debtor's bank by its ABI code. CBI gives its schema to its members only; the variant follows published files of others and was not validated against it.
 *
 * @param messageId at most 35 characters of the SEPA set; the bank refuses one that it has seen
 */
public record CreditTransferFile(
        Variant variant,
        String messageId,
        Instant created,
        LocalDate executionDate,
        Debtor debtor,
        List<CreditTransfer> transfers) {
    private static final String SEPA = "SEPA";
    private static final int NAME_MAX = 70;
    private static final int REMITTANCE_MAX = 140;
    private static final int REFERENCE_MAX = 35;
    /** Place of the ABI code in an Italian IBAN. */
    private static final int ABI_FROM = 5;

    private static final int ABI_TO = 10;

    /** Which of the two. */
    public enum Variant {
        ISO("urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"),
        CBI("urn:CBI:xsd:CBIPaymentRequest.00.04.01");

        private final String namespace;

        Variant(String namespace) {
            this.namespace = namespace;
        }
    }

    /** @throws IllegalArgumentException without a transfer, for CBI without the CUC or an Italian account, or with an amount that is not positive */
    public CreditTransferFile {
        transfers = List.copyOf(transfers);
        if (transfers.isEmpty()) {
            throw new IllegalArgumentException("a file without a transfer");
        }
        if (variant == Variant.CBI && (debtor.cuc() == null || !debtor.iban().startsWith("IT"))) {
            throw new IllegalArgumentException("CBI files are of an Italian account and need the CUC");
        }
        if (transfers.stream().anyMatch(transfer -> transfer.cents() <= 0)) {
            throw new IllegalArgumentException("an amount that is not positive");
        }
    }

    /** Writes the file as UTF-8; the stream stays open. */
    public void write(OutputStream output) throws XMLStreamException {
        XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(output, "UTF-8");
        xml.writeStartDocument("UTF-8", "1.0");
        if (variant == Variant.ISO) {
            xml.writeStartElement("Document");
            xml.writeDefaultNamespace(variant.namespace);
            xml.writeStartElement("CstmrCdtTrfInitn");
        } else {
            xml.writeStartElement("CBIPaymentRequest");
            xml.writeDefaultNamespace(variant.namespace);
        }
        header(xml);
        payment(xml);
        xml.writeEndDocument();
        xml.flush();
        xml.close();
    }

    private void header(XMLStreamWriter xml) throws XMLStreamException {
        xml.writeStartElement("GrpHdr");
        leaf(xml, "MsgId", SepaText.of(messageId, REFERENCE_MAX));
        leaf(
                xml,
                "CreDtTm",
                DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                        created.atOffset(ZoneOffset.UTC).withNano(0)));
        totals(xml);
        xml.writeStartElement("InitgPty");
        leaf(xml, "Nm", SepaText.of(debtor.name(), NAME_MAX));
        if (debtor.cuc() != null) {
            open(xml, "Id", "OrgId", "Othr");
            leaf(xml, "Id", debtor.cuc());
            leaf(xml, "Issr", "CBI");
            close(xml, 3);
        }
        close(xml, 2);
    }

    private void totals(XMLStreamWriter xml) throws XMLStreamException {
        leaf(xml, "NbOfTxs", Integer.toString(transfers.size()));
        leaf(
                xml,
                "CtrlSum",
                euro(transfers.stream().mapToLong(CreditTransfer::cents).reduce(0, Math::addExact)));
    }

    private void payment(XMLStreamWriter xml) throws XMLStreamException {
        xml.writeStartElement("PmtInf");
        leaf(xml, "PmtInfId", SepaText.of(messageId, REFERENCE_MAX));
        leaf(xml, "PmtMtd", "TRF");
        leaf(xml, "BtchBookg", "false");
        if (variant == Variant.ISO) {
            totals(xml);
        }
        xml.writeStartElement("PmtTpInf");
        leaf(xml, "InstrPrty", "NORM");
        wrapped(xml, "SvcLvl", "Cd", SEPA);
        close(xml, 1);
        wrapped(xml, "ReqdExctnDt", "Dt", executionDate.toString());
        wrapped(xml, "Dbtr", "Nm", SepaText.of(debtor.name(), NAME_MAX));
        account(xml, "DbtrAcct", debtor.iban());
        open(xml, "DbtrAgt", "FinInstnId");
        if (debtor.bic() != null) {
            leaf(xml, "BICFI", debtor.bic());
        }
        if (variant == Variant.CBI) {
            wrapped(xml, "ClrSysMmbId", "MmbId", debtor.iban().substring(ABI_FROM, ABI_TO));
        } else if (debtor.bic() == null) {
            wrapped(xml, "Othr", "Id", "NOTPROVIDED");
        }
        close(xml, 2);
        leaf(xml, "ChrgBr", "SLEV");
        for (int i = 0; i < transfers.size(); i++) {
            transfer(xml, transfers.get(i), i + 1);
        }
        close(xml, 1);
    }

    private void transfer(XMLStreamWriter xml, CreditTransfer transfer, int number) throws XMLStreamException {
        xml.writeStartElement("CdtTrfTxInf");
        xml.writeStartElement("PmtId");
        leaf(xml, "InstrId", Integer.toString(number));
        leaf(xml, "EndToEndId", SepaText.of(transfer.reference(), REFERENCE_MAX));
        close(xml, 1);
        if (variant == Variant.CBI) {
            open(xml, "PmtTpInf", "CtgyPurp");
            leaf(xml, "Cd", "SUPP");
            close(xml, 2);
        }
        xml.writeStartElement("Amt");
        xml.writeStartElement("InstdAmt");
        xml.writeAttribute("Ccy", "EUR");
        xml.writeCharacters(euro(transfer.cents()));
        close(xml, 2);
        bank(xml, transfer.bic());
        wrapped(xml, "Cdtr", "Nm", SepaText.of(transfer.creditor(), NAME_MAX));
        account(xml, "CdtrAcct", transfer.iban());
        wrapped(xml, "RmtInf", "Ustrd", SepaText.of(transfer.remittance(), REMITTANCE_MAX));
        close(xml, 1);
    }

    private static void bank(XMLStreamWriter xml, @Nullable String bic) throws XMLStreamException {
        if (bic != null) {
            open(xml, "CdtrAgt", "FinInstnId");
            leaf(xml, "BICFI", bic);
            close(xml, 2);
        }
    }

    private static void account(XMLStreamWriter xml, String name, String iban) throws XMLStreamException {
        open(xml, name, "Id");
        leaf(xml, "IBAN", iban);
        close(xml, 2);
    }

    private static String euro(long cents) {
        return BigDecimal.valueOf(cents, 2).toPlainString();
    }

    private static void open(XMLStreamWriter xml, String... names) throws XMLStreamException {
        for (String name : names) {
            xml.writeStartElement(name);
        }
    }

    private static void close(XMLStreamWriter xml, int elements) throws XMLStreamException {
        for (int i = 0; i < elements; i++) {
            xml.writeEndElement();
        }
    }

    private static void leaf(XMLStreamWriter xml, String name, String text) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }

    private static void wrapped(XMLStreamWriter xml, String outer, String inner, String text)
            throws XMLStreamException {
        xml.writeStartElement(outer);
        leaf(xml, inner, text);
        xml.writeEndElement();
    }
}
