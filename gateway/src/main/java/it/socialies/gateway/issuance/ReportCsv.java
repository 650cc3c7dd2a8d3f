// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance;

import it.socialies.gateway.security.Digest256;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HexFormat;

/** A validation report as a table for the clerk who mends the file, in Italian. Stateless. */
public final class ReportCsv {
    private ReportCsv() {}

    /** Writes the report and closes the stream. */
    public static void write(ValidationReport report, OutputStream output) throws IOException {
        try (SafeCsv csv = new SafeCsv(output)) {
            csv.row("Rapporto di controllo della graduatoria");
            csv.row("Domande lette", Integer.toString(report.applications()));
            csv.row("Domande senza errori", Integer.toString(report.rows()));
            csv.row("di cui ammesse", Integer.toString(report.admitted()));
            csv.row("di cui in riserva", Integer.toString(report.reserve()));
            csv.row("di cui escluse", Integer.toString(report.excluded()));
            csv.row("Totale degli ammessi (euro)", Euro.text(report.totalCents()));
            csv.row("Errori", Integer.toString(report.errors()));
            csv.row("Avvisi", Integer.toString(report.warnings()));
            csv.row("Segnalazioni non elencate", Integer.toString(report.faultsNotListed()));
            csv.row("Impronta SHA-256", hex(report.digest()));
            csv.row("");
            csv.row("Riga", "Colonna", "Gravità", "Codice", "Spiegazione", "Correzione proposta");
            for (Fault fault : report.faults()) {
                csv.row(
                        fault.row() == 0 ? "" : Integer.toString(fault.row()),
                        fault.column(),
                        fault.code().severity() == Severity.ERROR ? "Errore" : "Avviso",
                        fault.code().name(),
                        FaultWords.ITALIAN.explanation(fault),
                        fault.suggestion());
            }
        }
    }

    private static String hex(Digest256 digest) {
        return HexFormat.of().formatHex(digest.toBytes());
    }
}
