// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance;

import java.util.List;

/**
 * One fault of a file. Its suggestion may be a person's tax code, so it prints without.
 *
 * @param row as the spreadsheet numbers it, from 1; 0 = the file as a whole
 * @param column the column's own header; empty when the fault is not of one column
 * @param suggestion what the cell should say; empty when nobody can know
 * @param details what the explanation names: rows, counts, amounts, never a personal datum
 */
public record Fault(int row, String column, FaultCode code, String suggestion, List<String> details) {
    @Override
    public String toString() {
        return "Fault[row=" + row + ", code=" + code + "]";
    }
}
