// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.view;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableBody;
import com.vaadin.flow.component.html.NativeTableCaption;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeader;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A short table in plain HTML. On a narrow screen each row becomes a small card whose lines name their column; the roles written out keep it a table for screen readers.
 *
 * @param <T> a row
 */
public final class DataTable<T> extends Div {
    private record Column<T>(String header, String style, Function<T, Component> cell) {}

    private final List<Column<T>> columns = new ArrayList<>();
    private final String caption;

    /** @param caption tells what it lists; read aloud, not shown */
    public DataTable(String caption) {
        this.caption = caption;
        addClassName("table");
    }

    /** Stays a table on a narrow screen, too: it has few and short columns. */
    public DataTable<T> kept() {
        addClassName("keep");
        return this;
    }

    public DataTable<T> column(String header, Function<T, Component> cell) {
        columns.add(new Column<>(header, "", cell));
        return this;
    }

    public DataTable<T> text(String header, Function<T, String> cell) {
        return column(header, row -> new Span(cell.apply(row)));
    }

    /** A column of short texts that stay on their line: times, for instance. */
    public DataTable<T> unbroken(String header, Function<T, String> cell) {
        columns.add(new Column<>(header, "unbroken", row -> new Span(cell.apply(row))));
        return this;
    }

    /** A column of amounts or counts, aligned at their ends. */
    public DataTable<T> amount(String header, Function<T, String> cell) {
        columns.add(new Column<>(header, "amount", row -> new Span(cell.apply(row))));
        return this;
    }

    /** Fills it. */
    public DataTable<T> rows(List<T> rows) {
        removeAll();
        NativeTableRow heads = new NativeTableRow();
        role(heads, "row");
        for (Column<T> column : columns) {
            NativeTableHeaderCell cell = new NativeTableHeaderCell(column.header);
            cell.getElement().setAttribute("scope", "col");
            role(cell, "columnheader");
            style(cell, column);
            heads.add(cell);
        }
        NativeTableHeader head = new NativeTableHeader(heads);
        role(head, "rowgroup");
        NativeTableBody body = new NativeTableBody();
        role(body, "rowgroup");
        rows.forEach(row -> body.add(row(row)));
        NativeTableCaption title = new NativeTableCaption();
        title.setText(caption);
        NativeTable table = new NativeTable(title, head, body);
        role(table, "table");
        add(table);
        return this;
    }

    private NativeTableRow row(T row) {
        NativeTableRow line = new NativeTableRow();
        role(line, "row");
        for (Column<T> column : columns) {
            NativeTableCell cell = new NativeTableCell(column.cell.apply(row));
            cell.getElement().setAttribute("data-label", column.header);
            role(cell, "cell");
            style(cell, column);
            line.add(cell);
        }
        return line;
    }

    private static void role(Component component, String role) {
        component.getElement().setAttribute("role", role);
    }

    private static void style(Component cell, Column<?> column) {
        if (!column.style.isEmpty()) {
            cell.addClassName(column.style);
        }
    }
}
