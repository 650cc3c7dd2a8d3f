// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance;

/**
 * The amount of a row against the programme's maximum.
 *
 * @param cents 0 when there is none
 * @param isReadable whether it can count in a total
 */
record AmountCell(long cents, boolean isReadable) {
    static AmountCell read(RowCells cells, OutcomeCells outcome, int householdSize, RankingRules rules) {
        String text = cells.text(Column.AMOUNT);
        if (text.isEmpty()) {
            boolean isUnreadable = cells.isFilled(Column.AMOUNT);
            boolean isNeeded =
                    rules.amountsInFile() && outcome.outcome() == Outcome.ADMITTED && cells.has(Column.AMOUNT);
            if (isNeeded && !isUnreadable) {
                cells.fault(Column.AMOUNT, FaultCode.AMOUNT_MISSING, "");
            }
            return new AmountCell(0, !isUnreadable);
        }
        Long cents = cells.take(Column.AMOUNT, ItalianAmount.read(text));
        if (cents == null) {
            return new AmountCell(0, false);
        }
        check(cells, outcome, cents, householdSize, rules.caps());
        return new AmountCell(cents, true);
    }

    private static void check(
            RowCells cells, OutcomeCells outcome, long cents, int householdSize, HouseholdTable caps) {
        if (outcome.outcome() == Outcome.EXCLUDED) {
            if (cents > 0) {
                cells.fault(Column.AMOUNT, FaultCode.AMOUNT_OF_EXCLUDED, "");
            }
        } else if (cents == 0) {
            if (outcome.outcome() == Outcome.ADMITTED) {
                cells.fault(Column.AMOUNT, FaultCode.AMOUNT_ZERO, "");
            }
        } else if (householdSize > 0 && cents > caps.cents(householdSize)) {
            String cap = Euro.text(caps.cents(householdSize));
            cells.fault(Column.AMOUNT, FaultCode.AMOUNT_ABOVE_CAP, cap, householdSize, cap);
        }
    }
}
