// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import java.util.ArrayList;
import java.util.List;

/** Makes rows of what the CSV parser finds. Cells and columns beyond the limits are cut where they come in, so that the row can still be named. */
final class SheetRowHandler extends AbstractBaseCsvCallbackHandler<SheetRow> {
    private final int columnsMax;
    private final int cellCharsMax;
    private List<String> cells = List.of();
    private List<Integer> cutCells = List.of();
    private boolean isTooWide;
    private int number;

    SheetRowHandler(FileLimits limits) {
        columnsMax = limits.columns();
        cellCharsMax = limits.cellChars();
    }

    @Override
    protected void handleBegin(long startingLineNumber) {
        cells = new ArrayList<>();
        cutCells = List.of();
        isTooWide = false;
        number++;
    }

    @Override
    protected void handleField(int fieldIdx, char[] buf, int offset, int len, boolean quoted) {
        if (fieldIdx >= columnsMax) {
            isTooWide = true;
            return;
        }
        if (len > cellCharsMax) {
            if (cutCells.isEmpty()) {
                cutCells = new ArrayList<>();
            }
            cutCells.add(fieldIdx);
        }
        cells.add(new String(buf, offset, Math.min(len, cellCharsMax)));
    }

    @Override
    protected SheetRow buildRecord() {
        return new SheetRow(number, cells, isTooWide, cutCells);
    }
}
