// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.projection;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.agrona.collections.Long2LongHashMap;

/**
 * Rows for one statement, gathered as columns of longs and sent as one array a column: one round trip for thousands of rows. The arrays are
 * reused. Everything the protocol sends is a whole number; what Postgres keeps as another type is converted in the statement.
 *
 * <p>One thread. A statement that touches another number of rows than were gathered refuses the projection: then somebody else changed it.
 */
final class ColumnBuffer {
    private static final int INITIAL_CAPACITY = 32;
    private static final long NO_ROW = -1;

    private final String table;
    private final String sql;
    private final long[][] columns;
    private final Long2LongHashMap rowByKey = new Long2LongHashMap(NO_ROW);
    private int size;

    /**
     * A buffer for the statement {@code sql}, in which <code>{rows}</code> stands for the rows {@code u} with the named columns.
     *
     * @param table for messages
     */
    ColumnBuffer(final String table, final String sql, final String... columnNames) {
        this.table = table;
        final String arrays = Stream.of(columnNames).map(name -> "?::bigint[]").collect(Collectors.joining(", "));
        this.sql = sql.replace("{rows}", "unnest(" + arrays + ") AS u (" + String.join(", ", columnNames) + ")");
        this.columns = new long[columnNames.length][INITIAL_CAPACITY];
    }

    /** Inserts rows whose columns are named and typed like the table's, or convert by assignment. */
    static ColumnBuffer insert(final String table, final String... columnNames) {
        return new ColumnBuffer(
                table,
                "INSERT INTO " + table + " (" + String.join(", ", columnNames) + ") SELECT * FROM {rows}",
                columnNames);
    }

    /** Sets columns of existing rows; the first column is the key. */
    static ColumnBuffer update(final String table, final String... columnNames) {
        return assign(table, "%1$s = u.%1$s", columnNames);
    }

    /** Adds to columns of existing rows; the first column is the key. */
    static ColumnBuffer increase(final String table, final String... columnNames) {
        return assign(table, "%1$s = t.%1$s + u.%1$s", columnNames);
    }

    private static ColumnBuffer assign(final String table, final String assignment, final String... columnNames) {
        final String assignments = Arrays.stream(columnNames)
                .skip(1)
                .map(name -> String.format(assignment, name))
                .collect(Collectors.joining(", "));
        return new ColumnBuffer(
                table,
                "UPDATE " + table + " AS t SET " + assignments + " FROM {rows} WHERE t." + columnNames[0] + " = u."
                        + columnNames[0],
                columnNames);
    }

    /** Adds a row. */
    void row(final long... values) {
        write(grow(), values);
    }

    /** Adds a row, or overwrites the one with the same key, which is the first value: the last change of a transaction wins. */
    void lastRow(final long... values) {
        write(rowOf(values[0]), values);
    }

    /** Adds to column {@code column} of the row with this key, which begins with zeros. */
    void addTo(final long key, final int column, final long value) {
        final int row = rowOf(key);
        columns[column][row] = Math.addExact(columns[column][row], value);
    }

    int size() {
        return size;
    }

    void reset() {
        size = 0;
        rowByKey.clear();
    }

    /** Executes the statement with the rows gathered, if any; the rows stay until {@link #reset}. */
    void execute(final Connection connection) throws SQLException {
        if (size == 0) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < columns.length; i++) {
                statement.setObject(i + 1, Arrays.copyOf(columns[i], size));
            }
            final int touched = statement.executeUpdate();
            if (touched != size) {
                throw new ProjectionRefused("table " + table + ": " + size + " rows to change, " + touched
                        + " there: something else than the projector has changed it; drop the schema "
                        + ProjectionSchema.NAME + " to have it built again from the journal");
            }
        }
    }

    private void write(final int row, final long... values) {
        for (int i = 0; i < values.length; i++) {
            columns[i][row] = values[i];
        }
    }

    private int rowOf(final long key) {
        final long known = rowByKey.get(key);
        if (known != NO_ROW) {
            return (int) known;
        }
        final int row = grow();
        for (final long[] column : columns) {
            column[row] = 0;
        }
        columns[0][row] = key;
        rowByKey.put(key, row);
        return row;
    }

    private int grow() {
        if (size == columns[0].length) {
            for (int i = 0; i < columns.length; i++) {
                columns[i] = Arrays.copyOf(columns[i], size * 2);
            }
        }
        return size++;
    }
}
