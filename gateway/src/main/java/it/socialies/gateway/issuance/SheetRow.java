// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance;

import java.util.List;

/**
 * One row of the sheet as it was read.
 *
 * @param number as the spreadsheet shows it, from 1
 * @param cells as they stand, cut at the limits
 * @param cutCells columns (from 0) of cells that were too long
 */
record SheetRow(int number, List<String> cells, boolean isTooWide, List<Integer> cutCells) {
    String cell(int column) {
        return column < cells.size() ? cells.get(column) : "";
    }

    /** How many cells have something in them. */
    int filled() {
        int filled = 0;
        for (String cell : cells) {
            if (!cell.isBlank()) {
                filled++;
            }
        }
        return filled;
    }

    /** The first cell with something in it; empty when there is none. */
    String firstFilled() {
        for (String cell : cells) {
            if (!cell.isBlank()) {
                return cell;
            }
        }
        return "";
    }

    /** Cells are personal. */
    @Override
    public String toString() {
        return "SheetRow[" + number + "]";
    }
}
