// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance;

import org.jspecify.annotations.Nullable;

/** The cells of one row by their columns; what is wrong with one is reported under the column's own header. One thread. */
final class RowCells {
    private final SheetRow row;
    private final HeaderRow header;
    private final FaultLog faults;

    RowCells(SheetRow row, HeaderRow header, FaultLog faults) {
        this.row = row;
        this.header = header;
        this.faults = faults;
    }

    int number() {
        return row.number();
    }

    boolean has(Column column) {
        return header.has(column);
    }

    /** The cell's text; empty when there is none, or nothing can be made of it (which is then reported). */
    String text(Column column) {
        Integer place = header.place(column);
        if (place == null) {
            return "";
        }
        String text = take(column, CellText.read(column, row.cell(place)));
        return text == null ? "" : text;
    }

    /** Whether something stands in the cell, be it readable or not; a dash is nothing. */
    boolean isFilled(Column column) {
        Integer place = header.place(column);
        return place != null && !CellText.isNothing(CellText.plain(row.cell(place)));
    }

    /** Reports what is wrong with a reading; its value, null when there is none. */
    <T> @Nullable T take(Column column, Reading<T> reading, Object... details) {
        if (reading.fault() != null) {
            fault(column, reading.fault(), reading.suggestion(), details);
        }
        return reading.value();
    }

    void fault(Column column, FaultCode code, String suggestion, Object... details) {
        faults.add(row.number(), header.header(column), code, suggestion, details);
    }

    /** A whole number of 0 or more; -1 when there is none, or it cannot be read (which is then reported). */
    int count(Column column, FaultCode unreadable) {
        String text = text(column);
        if (text.isEmpty()) {
            return -1;
        }
        Reading<Integer> reading = WholeNumber.read(text, unreadable);
        Integer value = take(column, reading);
        return value == null ? -1 : value;
    }
}
