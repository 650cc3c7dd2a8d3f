// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.reports;

import java.util.List;

/**
 * A table of a report.
 *
 * @param title one line
 * @param rows a cell a column: texts are {@link String}, all others {@link Long}; an empty text is an empty cell in any column
 */
record Table(String title, List<Column> columns, List<List<Object>> rows) {
    /** What a column holds. */
    enum Type {
        TEXT,
        /** Cents. */
        EURO,
        COUNT
    }

    /**
     * A column.
     *
     * @param share of the width of a printed page, in relation to the other columns'; 0 = not printed
     */
    record Column(String header, Type type, int share) {
        static Column text(String header, int share) {
            return new Column(header, Type.TEXT, share);
        }

        static Column euro(String header, int share) {
            return new Column(header, Type.EURO, share);
        }

        static Column count(String header, int share) {
            return new Column(header, Type.COUNT, share);
        }
    }

    Table {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /** A cell as text; amounts as Italians, or the English, write them. */
    static String text(Column column, Object cell, ReportWords words) {
        return column.type() == Type.EURO && cell instanceof Long cents ? words.amount(cents) : cell.toString();
    }
}
