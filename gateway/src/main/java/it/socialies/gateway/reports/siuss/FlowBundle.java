// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.reports.siuss;

import io.vertx.core.json.JsonObject;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.documents.StableZip;
import it.socialies.gateway.issuance.SafeCsv;
import it.socialies.gateway.reports.Period;
import it.socialies.gateway.reports.Records.At;
import it.socialies.gateway.reports.siuss.Note.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is handed over: the flow, and what somebody must look at beside it. Without anybody who can be told there is no flow.
 *
 * @param number of the flow among those of its day, from 1
 */
record FlowBundle(At at, int number, FlowTerms terms, List<Benefit> awarded, Office office) {
    /** What is to be looked at: SafeCsv, a line each. */
    static final String NOTES = "da-verificare.csv";

    /**
     * As the office knows it now.
     *
     * @param people by their numbers; who may not be named is left out
     * @param applications codes of the public list
     */
    record Office(Map<Long, JsonObject> people, Map<Long, String> applications, Set<Long> restricted) {
        @Override
        public String toString() {
            return "Office[redacted]";
        }
    }

    byte[] zip() throws IOException {
        List<Line> lines = new ArrayList<>(awarded.size());
        List<Note> notes = new ArrayList<>();
        for (Benefit benefit : awarded) {
            String id = (benefit.isWallet() ? Ids.WALLET : Ids.HOLDER).format(benefit.whom());
            Reason hindrance = hindrance(benefit);
            if (hindrance != null) {
                notes.add(new Note(id, hindrance));
                continue;
            }
            Beneficiary beneficiary = Beneficiary.of(Objects.requireNonNull(office.people.get(benefit.whom())));
            if (beneficiary.isBornAbroad()) {
                notes.add(new Note(id, Reason.BORN_ABROAD));
            }
            lines.add(new Line(beneficiary, benefit, office.applications.getOrDefault(benefit.whom(), id)));
        }
        String day = DateTimeFormatter.BASIC_ISO_DATE.format(Period.dayOf(at.atMs()));
        String name = "%s.PS.%s.%07d".formatted(terms.entityCode(), day, number);
        String remark = " Social IES: record %d ".formatted(at.sequence());
        Map<String, byte[]> files = new LinkedHashMap<>();
        if (!lines.isEmpty()) {
            files.put(name + ".xml", FlowFile.of(name, remark, terms, lines));
        }
        files.put(NOTES, csv(notes));
        return StableZip.of(files);
    }

    private @Nullable Reason hindrance(Benefit benefit) {
        if (benefit.isWallet()) {
            return Reason.NOBODY;
        }
        if (benefit.cents() <= 0) {
            return Reason.TAKEN_BACK;
        }
        JsonObject person = office.people.get(benefit.whom());
        if (person == null) {
            return office.restricted.contains(benefit.whom()) ? Reason.RESTRICTED : Reason.ERASED;
        }
        return person.containsKey("tax_code") ? null : Reason.NO_TAX_CODE;
    }

    private byte[] csv(List<Note> notes) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (SafeCsv csv = new SafeCsv(bytes)) {
            csv.row("Registrazione | Record", Long.toString(at.sequence()));
            csv.row("Chi | Who", "Nel flusso | In the flow", "Motivo | Reason");
            for (Note note : notes) {
                csv.row(
                        note.id(),
                        note.reason().isLeftOut() ? "no" : "sì | yes",
                        note.reason().words());
            }
        }
        return bytes.toByteArray();
    }
}
