// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.chart;

import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableBody;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import java.util.List;

/** A small plain table: the first column names the row, the others hold figures. */
public final class FiguresTable extends NativeTable {
    private final NativeTableBody body;

    /**
     * @param caption what the table tells, for those who hear it
     * @param headings of the columns
     */
    public FiguresTable(String caption, String... headings) {
        addClassName("figures");
        setCaptionText(caption);
        NativeTableRow head = new NativeTableRow();
        for (String heading : headings) {
            NativeTableHeaderCell cell = new NativeTableHeaderCell(heading);
            cell.getElement().setAttribute("scope", "col");
            head.add(cell);
        }
        getHead().add(head);
        body = addBody();
    }

    /** Replaces the rows. */
    public void show(List<List<String>> rows) {
        body.removeAll();
        for (List<String> texts : rows) {
            NativeTableRow row = new NativeTableRow();
            NativeTableHeaderCell name = new NativeTableHeaderCell(texts.getFirst());
            name.getElement().setAttribute("scope", "row");
            row.add(name);
            texts.stream().skip(1).forEach(text -> row.add(new NativeTableCell(text)));
            body.add(row);
        }
    }
}
