// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.bankfiles;

import it.socialies.gateway.bankfiles.XmlFile.Step;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads payments of mandates out of a <i>giornale di cassa</i> as the OPI standard of AgID and the Banca d'Italia has it ({@code flusso_giornale_di_cassa}): of each {@code movimento_conto_evidenza} the mandates, {@code ESEGUITO} or {@code REGOLARIZZATO}
 * as paid, {@code STORNATO} or {@code RIPRISTINATO} as taken back. Collections and provisional entries are passed over. The names of the elements were taken from published programs that read such files; the schema itself was not at hand.
 */
public final class CashJournal {
    private static final Set<String> PAID = Set.of("ESEGUITO", "REGOLARIZZATO");
    private static final Set<String> REVERSED = Set.of("STORNATO", "RIPRISTINATO");
    private static final String MOVEMENT = "movimento_conto_evidenza";

    private final XmlFile xml;
    private final List<MandatePayment> payments = new ArrayList<>();
    private Movement movement = new Movement();
    private int year;

    /** What is known of a movement so far. */
    private static final class Movement {
        private String document = "";
        private String operation = "";
        private long mandate;
        private int beneficiary = 1;
        private long cents = -1;
        private @Nullable LocalDate date;
    }

    private CashJournal(XmlFile xml) {
        this.xml = xml;
    }

    /** Reads a whole file, in its order. */
    public static List<MandatePayment> read(InputStream input) throws FileFault {
        return new CashJournal(new XmlFile(input)).read();
    }

    private List<MandatePayment> read() throws FileFault {
        for (Step step = xml.next(); step != Step.DONE; step = xml.next()) {
            if (step == Step.END) {
                end();
            } else if (xml.depth() == 1 && !xml.name().equals("flusso_giornale_di_cassa")) {
                throw xml.fault("not_a_cash_journal", "a flusso_giornale_di_cassa");
            } else if (xml.name().equals(MOVEMENT)) {
                movement = new Movement();
            }
        }
        return payments;
    }

    private void end() throws FileFault {
        if (xml.isIn(MOVEMENT)) {
            field();
        } else if (xml.name().equals(MOVEMENT)) {
            add();
        } else if (xml.name().equals("esercizio") && xml.depth() == 2) {
            year = (int) number();
        }
    }

    private void field() throws FileFault {
        switch (xml.name()) {
            case "tipo_documento" -> movement.document = xml.text();
            case "tipo_operazione" -> movement.operation = xml.text();
            case "numero_documento" -> movement.mandate = number();
            case "progressivo_documento" -> movement.beneficiary = (int) number();
            case "importo" -> movement.cents = xml.cents();
            case "data_movimento" -> movement.date = xml.date();
            default -> {
                // Not ours.
            }
        }
    }

    private void add() throws FileFault {
        boolean isPaid = PAID.contains(movement.operation);
        if (!movement.document.equals("MANDATO") || !(isPaid || REVERSED.contains(movement.operation))) {
            return;
        }
        LocalDate date = movement.date;
        if (movement.cents < 0 || date == null || year == 0 || movement.mandate == 0) {
            throw xml.fault("incomplete", "esercizio, numero_documento, importo and data_movimento of a mandate");
        }
        payments.add(new MandatePayment(year, movement.mandate, movement.beneficiary, isPaid, movement.cents, date));
    }

    private long number() throws FileFault {
        try {
            return Long.parseLong(xml.text());
        } catch (NumberFormatException e) {
            throw xml.fault("number", "a number");
        }
    }
}
