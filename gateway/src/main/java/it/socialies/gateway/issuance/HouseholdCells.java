// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance;

/**
 * The household of a row.
 *
 * @param size -1 when unknown
 */
record HouseholdCells(int size, String code, int minors, int disabled) {
    static HouseholdCells read(RowCells cells, boolean isNeeded, int sizeMax) {
        int size = cells.count(Column.HOUSEHOLD_SIZE, FaultCode.HOUSEHOLD_SIZE_UNREADABLE);
        if (size < 0 && isNeeded && !cells.isFilled(Column.HOUSEHOLD_SIZE) && cells.has(Column.HOUSEHOLD_SIZE)) {
            cells.fault(Column.HOUSEHOLD_SIZE, FaultCode.HOUSEHOLD_SIZE_MISSING, "");
        } else if (size == 0) {
            cells.fault(Column.HOUSEHOLD_SIZE, FaultCode.HOUSEHOLD_SIZE_ZERO, "");
        } else if (size > sizeMax) {
            cells.fault(Column.HOUSEHOLD_SIZE, FaultCode.HOUSEHOLD_SIZE_ABSURD, "", size, sizeMax);
        }
        int minors = cells.count(Column.MINORS, FaultCode.NUMBER_UNREADABLE);
        if (size > 0 && minors > size) {
            cells.fault(Column.MINORS, FaultCode.HOUSEHOLD_MINORS, "", minors, size);
        }
        int disabled = cells.count(Column.DISABLED, FaultCode.NUMBER_UNREADABLE);
        return new HouseholdCells(size, cells.text(Column.HOUSEHOLD_CODE), minors, disabled);
    }
}
