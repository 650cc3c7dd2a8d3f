// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Rows written out again as a file without any fault, so that a second reading can be compared with the first. */
final class CleanCsv {
    private CleanCsv() {}

    static byte[] of(List<RankingRow> rows) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try (CsvWriter csv = CsvWriter.builder().fieldSeparator(';').build(output, StandardCharsets.UTF_8)) {
            // The first column says nothing; it keeps rows from looking like totals.
            csv.writeRecord(
                    "x",
                    "Posizione",
                    "Protocollo",
                    "CF",
                    "Motivo assenza CF",
                    "Cognome",
                    "Nome",
                    "Data di nascita",
                    "Componenti",
                    "Codice nucleo",
                    "Minori",
                    "Disabili",
                    "Punteggio",
                    "Esito",
                    "Motivo",
                    "Importo",
                    "Data domanda",
                    "Indirizzo",
                    "Telefono",
                    "E-mail",
                    "Tessera");
            for (RankingRow row : rows) {
                csv.writeRecord(
                        "x",
                        number(row.position()),
                        row.application(),
                        row.taxCode(),
                        row.taxCodeReason(),
                        row.familyName(),
                        row.givenName(),
                        row.birthDate() == null ? "" : row.birthDate().toString(),
                        number(row.householdSize()),
                        row.householdCode(),
                        number(row.minors()),
                        number(row.disabled()),
                        row.score() == null ? "" : row.score().toPlainString(),
                        switch (row.outcome()) {
                            case ADMITTED -> "Ammesso";
                            case RESERVE -> "Riserva";
                            case EXCLUDED -> "Escluso";
                        },
                        row.reason(),
                        row.amountCents() == 0 ? "" : Euro.text(row.amountCents()),
                        row.submitted() == null ? "" : CanonicalTime.text(row.submitted()),
                        row.address(),
                        row.phone(),
                        row.email(),
                        row.card());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return output.toByteArray();
    }

    private static String number(int value) {
        return value < 0 ? "" : Integer.toString(value);
    }
}
