// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance;

import it.socialies.gateway.security.Digest256;
import java.util.List;
import java.util.Map;

/**
 * What came of checking a ranking file. An approval binds {@code rows}, {@code totalCents} and {@code digest}. Suggestions inside the faults can be personal: the report is kept and
 * shown like the people it is about, and prints as its counts.
 *
 * @param encoding as found
 * @param headerRow where the headers stand, as the spreadsheet shows it; 0 = not found
 * @param columns what was understood, with the file's own headers
 * @param rowsRead rows of the sheet, empty ones, titles and totals included
 * @param applications rows that are applications, with and without error
 * @param rows applications without error under headers without error: those that the digest covers
 * @param totalCents of the admitted among {@code rows}
 * @param digest SHA-256 of the canonical form of {@code rows} ({@link CanonicalRows})
 * @param errors all of them, also those that {@code faults} has no place for
 * @param faults the first ones, in file order
 */
public record ValidationReport(
        String encoding,
        char separator,
        int headerRow,
        Map<Column, String> columns,
        int rowsRead,
        int applications,
        int rows,
        int admitted,
        int reserve,
        int excluded,
        long totalCents,
        Digest256 digest,
        int errors,
        int warnings,
        Map<FaultCode, Integer> counts,
        List<Fault> faults) {

    /** Whether the file may be put before the person who approves it. */
    public boolean isApprovable() {
        return errors == 0 && rows > 0;
    }

    /** Faults that are counted but not listed. */
    public int faultsNotListed() {
        return errors + warnings - faults.size();
    }

    @Override
    public String toString() {
        return "ValidationReport[rows=" + rows + ", errors=" + errors + ", warnings=" + warnings + "]";
    }
}
