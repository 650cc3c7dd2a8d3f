// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Sums the amounts and compares them with the totals that the file itself writes at its end. One thread. */
final class Totals {
    private static final Pattern LABEL =
            Pattern.compile("(totale|totali|totale generale|totale complessivo|totale importi?|totale euro|importo"
                    + " totale|tot|somma|sommano|riporto|totale .*)");
    private static final int FILLED_MAX = 4;

    private long allCents;
    private long admittedCents;
    private boolean isWhole = true;

    void add(AmountCell amount, boolean isAdmitted) {
        isWhole &= amount.isReadable();
        allCents = Math.addExact(allCents, amount.cents());
        if (isAdmitted) {
            admittedCents = Math.addExact(admittedCents, amount.cents());
        }
    }

    /** Whether a row is a total rather than an application. */
    static boolean isTotal(SheetRow row, HeaderRow header) {
        Integer taxCode = header.place(Column.TAX_CODE);
        return LABEL.matcher(Folded.of(row.firstFilled())).matches()
                && row.filled() <= FILLED_MAX
                && (taxCode == null || !TaxCodes.isValid(CellText.plain(row.cell(taxCode))));
    }

    /** Compares a row of totals with what was read above it. */
    void compare(SheetRow row, HeaderRow header, FaultLog faults) {
        if (!header.has(Column.AMOUNT)) {
            return;
        }
        Long written = written(row, header);
        if (written == null || !isWhole) {
            faults.add(row.number(), header.header(Column.AMOUNT), FaultCode.TOTAL_NOT_COMPARED, "");
        } else if (written != allCents && written != admittedCents) {
            String sum = Euro.text(allCents);
            faults.add(
                    row.number(), header.header(Column.AMOUNT), FaultCode.TOTAL_DIFFERS, sum, Euro.text(written), sum);
        }
    }

    /** The amount under its header, else the last one in the row: totals often stand a column away. */
    private static @Nullable Long written(SheetRow row, HeaderRow header) {
        Integer place = header.place(Column.AMOUNT);
        Long found = place == null ? null : amount(row.cell(place));
        for (int i = row.cells().size() - 1; i >= 0 && found == null; i--) {
            found = amount(row.cell(i));
        }
        return found;
    }

    private static @Nullable Long amount(String cell) {
        String text = CellText.plain(cell);
        return text.isEmpty() ? null : ItalianAmount.read(text).value();
    }
}
