// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.issuance;

import it.kamaladafrica.codicefiscale.internal.ControlPart;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** A recharge list or call of people who do not exist, all of them one Niccolò Amari, born on another day in another town each. Stateless. */
final class SyntheticFile {
    private static final String MONTHS = "ABCDEHLMPRST";

    private SyntheticFile() {}

    /** Writes a file of so many rows with so much each. */
    static void write(Path file, int rows, long cents) throws IOException {
        String amount = cents / 100 + "," + String.format(Locale.ROOT, "%02d", cents % 100);
        try (BufferedWriter writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            writer.write("Protocollo;Codice fiscale;Cognome;Nome;Componenti;Codice nucleo;Importo\r\n");
            for (int i = 0; i < rows; i++) {
                writer.write("2026/" + i + ';' + taxCode(i) + ";Amari;Niccolò;" + (1 + i % 5) + ";N" + i + ';' + amount
                        + "\r\n");
            }
        }
    }

    /** @param i another number gives another code up to 3 million */
    private static String taxCode(int i) {
        String code = String.format(
                Locale.ROOT,
                "MRANCL%02d%c%02dA%03d",
                50 + i / 336 % 40,
                MONTHS.charAt(i / 28 % 12),
                1 + i % 28,
                1 + i / 13_440 % 899);
        return code + ControlPart.of(code).getValue();
    }
}
