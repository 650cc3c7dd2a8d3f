// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.bankfiles;

import it.socialies.gateway.bankfiles.XmlFile.Step;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what became of credit transfers out of bank statements, ISO 20022 camt.053.001.02 and later: booked entries in euro and, in each, the transactions that bear an EndToEndId. A debit was paid; a credit with return information came back.
 * Other entries are not ours to judge and are passed over.
 */
public final class StatementFile {
    private static final String NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.";
    private static final String NOT_PROVIDED = "NOTPROVIDED";

    private final XmlFile xml;
    private final List<PaymentOutcome> outcomes = new ArrayList<>();
    private Entry entry = new Entry();
    private List<Transaction> transactions = new ArrayList<>();
    private Transaction transaction = new Transaction();

    /** What is known of an entry so far. */
    private static final class Entry {
        private long cents;
        private boolean isEuro;
        private boolean isDebit;
        private boolean isBooked;
        private @Nullable LocalDate date;
    }

    /** What is known of one of its transactions. */
    private static final class Transaction {
        private String reference = "";
        private long cents = -1;
        private boolean isReturn;
        private @Nullable String reason;
    }

    private StatementFile(XmlFile xml) {
        this.xml = xml;
    }

    /** Reads a whole file, in its order. */
    public static List<PaymentOutcome> read(InputStream input) throws FileFault {
        return new StatementFile(new XmlFile(input)).read();
    }

    private List<PaymentOutcome> read() throws FileFault {
        for (Step step = xml.next(); step != Step.DONE; step = xml.next()) {
            if (step == Step.BEGIN) {
                begin();
            } else {
                end();
            }
        }
        return outcomes;
    }

    private void begin() throws FileFault {
        if (xml.depth() == 1
                && !(xml.name().equals("Document") && xml.namespace().startsWith(NAMESPACE))) {
            throw xml.fault("not_a_statement", "a Document of the namespace camt.053");
        }
        switch (xml.name()) {
            case "Ntry" -> {
                entry = new Entry();
                transactions = new ArrayList<>();
            }
            case "TxDtls" -> transaction = new Transaction();
            case "Amt" -> {
                if (xml.isIn("Ntry")) {
                    entry.isEuro = xml.attribute("Ccy").equals("EUR");
                }
            }
            case "RtrInf" -> transaction.isReturn = true;
            default -> {
                // Said at its end, or not ours.
            }
        }
    }

    private void end() throws FileFault {
        switch (xml.name()) {
            case "Amt" -> {
                if (xml.isIn("Ntry")) {
                    entry.cents = xml.cents();
                } else if (xml.isIn("TxDtls") || xml.isIn("TxDtls", "AmtDtls", "TxAmt")) {
                    transaction.cents = xml.cents();
                }
            }
            case "CdtDbtInd" -> {
                if (xml.isIn("Ntry")) {
                    entry.isDebit = xml.text().equals("DBIT");
                }
            }
            case "Sts", "Cd" -> status();
            case "Dt", "DtTm" -> {
                if (xml.isIn("Ntry", "BookgDt")) {
                    entry.date = xml.date();
                }
            }
            case "EndToEndId" -> transaction.reference = xml.text();
            case "TxDtls" -> transactions.add(transaction);
            case "Ntry" -> book();
            default -> {
                // Not ours.
            }
        }
    }

    /** Up to version 4 the status is a word, later a code inside of it. */
    private void status() {
        if ((xml.name().equals("Sts") && xml.isIn("Ntry")) || xml.isIn("Ntry", "Sts")) {
            entry.isBooked |= xml.text().equals("BOOK");
        } else if (xml.isIn("RtrInf", "Rsn")) {
            transaction.reason = xml.text();
        }
    }

    private void book() throws FileFault {
        if (!entry.isEuro || !entry.isBooked) {
            return;
        }
        LocalDate date = entry.date;
        if (date == null) {
            throw xml.fault("date", "a booking date in a booked entry");
        }
        for (Transaction each : transactions) {
            boolean isOurs = !each.reference.isEmpty()
                    && !each.reference.equals(NOT_PROVIDED)
                    && (entry.isDebit || each.isReturn);
            if (isOurs) {
                long cents = each.cents < 0 && transactions.size() == 1 ? entry.cents : each.cents;
                if (cents < 0) {
                    throw xml.fault("amount", "an amount in each of several transactions of an entry");
                }
                outcomes.add(
                        new PaymentOutcome(each.reference, entry.isDebit && !each.isReturn, cents, date, each.reason));
            }
        }
    }
}
